//! How fast the full catalogue judges, on one core: `cargo bench -p controls`.
//!
//! Each line is one workload, measured twice in the same run: on the byte-code machine that `Catalog::judge` uses, and on
//! the Rego interpreter with the same policies and inputs. Times are the processor's, not the wall's, so that other
//! processes disturb little. Only the ratio of the two says something beyond this machine.
#![expect(clippy::print_stdout, reason = "a benchmark reports on the console")]

mod clock;
mod interpreter;
mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use compliance::Observation;
use controls::{Catalog, Parameters, input};

use crate::clock::busy;
use crate::interpreter::Interpreter;
use crate::workload::{Workload, workloads};

/// How long each measurement goes on at least.
const ENOUGH: Duration = Duration::from_secs(2);
type Failed = Box<dyn std::error::Error>;

fn main() -> Result<(), Failed> {
    let started = busy()?;
    let catalog = Catalog::embedded()?;
    let cold = busy()?.saturating_sub(started);
    let warm = repeat(|| Catalog::embedded().map_or(0, |it| it.controls().count()))?;
    println!(
        "start: parse, compile and prove {} controls: {} in a fresh process, {} repeated\n",
        catalog.controls().count(),
        milliseconds(cold),
        milliseconds(warm),
    );
    println!(
        "{:<34} {:>8} {:>12} {:>12} {:>10} {:>14} {:>6}",
        "workload", "verdicts", "verdicts/s", "resources/s", "input", "interpreter/s", "ratio"
    );
    for workload in workloads()? {
        println!("{}", measured(&catalog, &workload)?);
    }
    Ok(())
}

/// One line: verdicts per resource and per second, resources per second, the share of the time that goes into the input,
/// and verdicts per second of the interpreter.
fn measured(catalog: &Catalog, workload: &Workload) -> Result<String, Failed> {
    let parameters = Parameters::default();
    let resources = workload.observations.len();
    let verdicts: usize = each(workload, |it| catalog.judge(it, &parameters).len());
    let judging = repeat(|| each(workload, |it| catalog.judge(it, &parameters).len()))?;
    let preparing = repeat(|| each(workload, |it| prepared(it, &parameters)))?;
    let mut interpreter = Interpreter::new(workload.subject, &parameters)?;
    let asked = interpreter.policies() * resources;
    let interpreting = repeat(|| each(workload, |it| interpreter.judge(input(it, &parameters))))?;
    let policies_per_second = |pass: Duration| per_second(asked, pass);
    Ok(format!(
        "{:<34} {:>8.1} {:>12.0} {:>12.0} {:>9.0}% {:>14.0} {:>6.1}",
        workload.name,
        share(verdicts, resources),
        policies_per_second(judging),
        per_second(resources, judging),
        100.0 * preparing.as_secs_f64() / judging.as_secs_f64(),
        policies_per_second(interpreting),
        interpreting.as_secs_f64() / judging.as_secs_f64(),
    ))
}

/// Sums what a pass over all observations gives.
fn each(workload: &Workload, mut of: impl FnMut(&Observation) -> usize) -> usize {
    workload
        .observations
        .iter()
        .map(|it| black_box(of(it)))
        .sum()
}

fn prepared(observation: &Observation, parameters: &Parameters) -> usize {
    usize::from(input(observation, parameters).is_object())
}

/// The mean processor time of a pass, of those that fit into [`ENOUGH`].
fn repeat(mut pass: impl FnMut() -> usize) -> Result<Duration, Failed> {
    black_box(pass());
    let (begun, mut passes) = (Instant::now(), 0);
    let started = busy()?;
    while begun.elapsed() < ENOUGH {
        black_box(pass());
        passes += 1;
    }
    Ok(busy()?.saturating_sub(started) / passes)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a benchmark are small"
)]
fn per_second(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of a benchmark are small"
)]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}
