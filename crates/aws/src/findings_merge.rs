//! Several sequences of findings, read side by side in one order, page by page.

use std::cmp::Ordering;
use std::collections::{HashMap, VecDeque};

use aws_sdk_dynamodb::types::AttributeValue;
use compliance::Finding;
use futures::stream::{self, StreamExt, TryStreamExt};

use crate::attribute::{Item, text};
use crate::findings_table::FindingsTable;
use crate::page::{Position, Token};
use crate::question::{Segment, Source};
use crate::{Error, answer, finding_item};

/// Queries at a time. One answers in some 10 ms.
const QUERIES: usize = 16;

/// One sequence, and as much of it as was read.
struct Sequence {
    source: Source,
    /// Findings in order, each with its sort key.
    read: VecDeque<(String, Finding)>,
    /// Where the next page of the sequence begins; `None` when all was read.
    next: Next,
}

/// How a sequence goes on.
enum Next {
    /// After this key; `None` at the beginning.
    After(Option<HashMap<String, AttributeValue>>),
    /// Not at all.
    End,
}

/// The findings of all segments: one segment after the other, each in the order of its index.
pub(crate) struct Merge<'a> {
    table: &'a FindingsTable,
    segments: std::iter::Enumerate<std::vec::IntoIter<Segment>>,
    number: usize,
    current: Vec<Sequence>,
    /// Nothing up to here is told again.
    after: Option<Position>,
    /// Items of one query.
    most: i32,
}

impl<'a> Merge<'a> {
    /// Begins after `after`, or at the start, and reads about `wanted` findings at once.
    pub(crate) fn new(
        table: &'a FindingsTable,
        segments: Vec<Segment>,
        after: Option<&Token>,
        wanted: usize,
    ) -> Self {
        let sources = segments.iter().map(Vec::len).max().unwrap_or_default();
        let share = (2 * wanted / sources.max(1)).clamp(25, 500);
        Self {
            table,
            segments: segments.into_iter().enumerate(),
            number: 0,
            current: Vec::new(),
            after: after.map(Token::position).cloned(),
            most: i32::try_from(share).unwrap_or(25),
        }
    }

    /// The next finding, and the token that leads to the one after it.
    pub(crate) async fn next(&mut self) -> Result<Option<(Token, Finding)>, Error> {
        loop {
            self.read().await?;
            if let Some((sort, finding)) = self.first() {
                let token = Token::new(self.number, sort, finding.id.as_str());
                let told = |after: &Position| *token.position() <= *after;
                if !self.after.as_ref().is_some_and(told) {
                    return Ok(Some((token, finding)));
                }
            } else if !self.next_segment() {
                return Ok(None);
            }
        }
    }

    /// Begins the next segment that the token has not left behind; false after the last.
    fn next_segment(&mut self) -> bool {
        let begun = self.after.as_ref().map_or(0, |after| after.segment);
        let Some((number, segment)) = self.segments.find(|(number, _)| *number >= begun) else {
            return false;
        };
        let after = self.after.as_ref().filter(|after| after.segment == number);
        let sequence = |source: Source| Sequence {
            source: source.after(after.map(|after| after.sort.as_str())),
            read: VecDeque::new(),
            next: Next::After(None),
        };
        self.number = number;
        self.current = segment.into_iter().map(sequence).collect();
        true
    }

    /// Takes the first of all that was read.
    fn first(&mut self) -> Option<(String, Finding)> {
        let sequences = self.current.iter_mut();
        let first = sequences
            .filter(|it| !it.read.is_empty())
            .min_by(|a, b| order(a.read.front(), b.read.front()))?;
        first.read.pop_front()
    }

    /// Reads on in every sequence of which nothing is left, until each has something or has ended.
    async fn read(&mut self) -> Result<(), Error> {
        let (table, most) = (self.table, self.most);
        let lacking = |it: &&mut Sequence| it.read.is_empty() && matches!(it.next, Next::After(_));
        let lacking: Vec<&mut Sequence> = self.current.iter_mut().filter(lacking).collect();
        stream::iter(lacking)
            .map(|sequence| sequence.fill(table, most))
            .buffer_unordered(QUERIES)
            .try_collect()
            .await
    }
}

fn order(a: Option<&(String, Finding)>, b: Option<&(String, Finding)>) -> Ordering {
    let key = |it: Option<&(String, Finding)>| {
        it.map(|(sort, finding)| (sort.clone(), finding.id.clone()))
    };
    key(a).cmp(&key(b))
}

impl Sequence {
    /// Reads pages until one holds a finding.
    async fn fill(&mut self, table: &FindingsTable, most: i32) -> Result<(), Error> {
        while let (true, Next::After(key)) = (self.read.is_empty(), &mut self.next) {
            let query = table.query(&self.source).limit(most);
            let page = query.set_exclusive_start_key(key.take()).send().await;
            let page = answer::stored("Query", &table.table, page)?;
            for item in page.items() {
                if let Some(finding) = finding_item::parse(item)? {
                    self.read.push_back((sort_key(&self.source, item), finding));
                }
            }
            self.next = match page.last_evaluated_key {
                Some(key) if !key.is_empty() => Next::After(Some(key)),
                _ => Next::End,
            };
        }
        Ok(())
    }
}

fn sort_key(source: &Source, item: &Item) -> String {
    let value = item
        .get(source.key.sort)
        .and_then(|value| value.as_s().ok());
    value.cloned().unwrap_or_default()
}

impl Source {
    /// What is left of it from a sort key on.
    fn after(self, sort: Option<&str>) -> Self {
        let Some(sort) = sort else { return self };
        let end = self.range.map_or(char::MAX.to_string(), |(_, end)| end);
        Self {
            range: Some((sort.to_owned(), end)),
            ..self
        }
    }

    /// The key condition and its values, under the names `#partition` and `#sort`.
    pub(crate) fn condition(&self) -> (&'static str, Vec<(&'static str, AttributeValue)>) {
        let mut values = vec![(":partition", text(self.partition.clone()))];
        match &self.range {
            None => ("#partition = :partition", values),
            Some((start, end)) => {
                values.extend([(":start", text(start.clone())), (":end", text(end.clone()))]);
                (
                    "#partition = :partition AND #sort BETWEEN :start AND :end",
                    values,
                )
            }
        }
    }
}
