//! What must be in place, as `orgsweep preflight` prints it.

use std::fmt::Write as _;

use super::table::{counted, or_dash, table};
use crate::preflight::point::{Point, State};

/// One line per point, and one that sums up.
#[must_use]
pub fn points(points: &[Point], width: Option<u16>) -> String {
    let header = ["STATE", "ABOUT", "PLACE", "FOUND", "TO DO"];
    let rows = points.iter().map(|point| {
        vec![
            point.state.as_str().to_owned(),
            point.about.to_owned(),
            point.place.clone(),
            point.found.clone(),
            or_dash(Some(&point.todo)),
        ]
    });
    let mut text = table(&header, rows.collect(), width);
    let count = |state| points.iter().filter(|point| point.state == state).count() as u64;
    let (blocked, unknown) = (count(State::NotReady), count(State::Unknown));
    let _infallible = writeln!(
        text,
        "\n{} not ready, {unknown} not known.",
        counted(blocked, "point")
    );
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_to_do_stands_beside_what_was_found() {
        let points = [
            Point::ready(
                "caller",
                "111122223333",
                "credentials and region are usable",
            ),
            Point::not_ready(
                "audit_role",
                "444455556666 (payments)",
                "no such role",
                "deploy it",
            ),
            Point::unknown("quota", "Lambda", "not looked at", "look there"),
        ];
        insta::assert_snapshot!(super::points(&points, None));
    }
}
