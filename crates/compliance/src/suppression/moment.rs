//! Days and times as people write them in a suppression.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serializer};

use crate::Error;

/// Reads a day (`2027-05-31`: its start in UTC) or a time (RFC 3339).
///
/// # Errors
///
/// If it is neither.
pub fn parse(text: &str) -> Result<Timestamp, Error> {
    let day = || {
        let day: Date = text.parse().ok()?;
        Some(day.to_zoned(TimeZone::UTC).ok()?.timestamp())
    };
    // A day is tried second: jiff reads the day of a time as well.
    let time = text.parse::<Timestamp>().ok();
    time.or_else(|| (text.len() == "2027-05-31".len()).then(day)?)
        .ok_or_else(|| Error::Moment {
            value: text.to_owned(),
        })
}

/// The form of a day or a time in a configuration file.
pub(super) struct Written;

impl JsonSchema for Written {
    fn schema_name() -> Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$",
            "description": "A day, `2027-05-31` (its start in UTC), or a time, `2027-05-31T12:00:00Z`."
        })
    }
}

/// The same day of the next year.
pub(super) fn a_year_after(time: Timestamp) -> Option<Timestamp> {
    let then = time.to_zoned(TimeZone::UTC).datetime();
    let next = then.checked_add(jiff::Span::new().years(1)).ok()?;
    Some(next.to_zoned(TimeZone::UTC).ok()?.timestamp())
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(source: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(source)?;
    parse(&text).map_err(serde::de::Error::custom)
}

pub(super) fn serialize<S: Serializer>(time: &Timestamp, sink: S) -> Result<S::Ok, S::Error> {
    sink.collect_str(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_its_start_and_a_time_itself() {
        let day = parse("2027-05-31").unwrap();
        assert_eq!(day.to_string(), "2027-05-31T00:00:00Z");
        assert_eq!(parse("2027-05-31T02:00:00+02:00").unwrap(), day);
        for bad in [
            "",
            "tomorrow",
            "2027-02-30",
            "31.05.2027",
            "2027-05-31T00:00:00",
        ] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_year_is_a_calendar_year() {
        let after = |text: &str| a_year_after(parse(text).unwrap()).unwrap().to_string();
        assert_eq!(after("2027-03-01"), "2028-03-01T00:00:00Z");
        assert_eq!(after("2028-02-29"), "2029-02-28T00:00:00Z");
    }
}
