//! The edge to the reports of one scope: surveyed, joined, and read again slice by slice where they are large.

use aws::{PlaceRange, RunStore, Slice};

use crate::completion::{Completion, Joining, Keys};
use crate::parts::{self, Unusable};
use crate::plan::Audited;
use crate::survey::{Survey, add_to};

/// Reads the whole report of a scope once.
pub(crate) async fn survey(
    store: &RunStore,
    audited: &Audited,
) -> Result<Result<Survey, Unusable>, aws::Error> {
    let mut survey = Survey::default();
    let read = parts::read(store, audited, all(audited), async |part, report| {
        survey.add(part, report);
    });
    let read = read.await?;
    Ok(read.map(|()| survey))
}

/// Joins the buckets of a report with keys. What is held of the report is complete then.
pub(crate) async fn join(
    store: &RunStore,
    audited: &Audited,
    survey: &mut Survey,
    keys: &Keys<'_>,
) -> Result<Result<Joining, Unusable>, aws::Error> {
    let mut joining = Joining::default();
    if survey.is_kept() {
        let mut kept = survey.take_kept();
        for report in &mut kept {
            joining.add(survey, keys, report).await;
        }
        survey.keep(kept);
        return Ok(Ok(joining));
    }
    let read = parts::read(store, audited, all(audited), async |_, mut report| {
        joining.add(survey, keys, &mut report).await;
    });
    let read = read.await?;
    Ok(read.map(|()| joining))
}

/// What the report says of one range.
pub(crate) async fn slice(
    store: &RunStore,
    audited: &Audited,
    survey: &mut Survey,
    completion: &Completion<'_>,
    range: PlaceRange,
) -> Result<Result<Slice, Unusable>, aws::Error> {
    let parts = survey.parts_in(&range);
    let mut slice = Slice::of(range);
    if survey.is_kept() {
        for mut report in survey.take_kept() {
            completion.complete(&mut report).await;
            add_to(&mut slice, report);
        }
        return Ok(Ok(slice));
    }
    let read = parts::read(store, audited, parts, async |_, mut report| {
        completion.complete(&mut report).await;
        add_to(&mut slice, report);
    });
    let read = read.await?;
    Ok(read.map(|()| slice))
}

fn all(audited: &Audited) -> Vec<u32> {
    (0..audited.parts).collect()
}
