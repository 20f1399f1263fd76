//! A document with the line of every value, and its way into typed settings.

use serde::Deserializer;
use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeSeed, Error as _, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use crate::problem::Problem;

/// A value and the line in which it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// From 1.
    pub(crate) line: usize,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    /// Each item with its number, which it keeps when others are taken out.
    List(Vec<(usize, Node)>),
    Map(Vec<Entry>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry {
    pub(crate) key: String,
    /// The line of the key.
    pub(crate) line: usize,
    pub(crate) value: Node,
}

impl Node {
    /// Takes out what a path leads to; whether there was something.
    pub(crate) fn remove(&mut self, path: &[String]) -> bool {
        let Some((step, rest)) = path.split_first() else {
            return false;
        };
        match &mut self.value {
            Value::Map(entries) => {
                let Some(at) = entries.iter().position(|entry| entry.key == *step) else {
                    return false;
                };
                if rest.is_empty() {
                    entries.remove(at);
                    return true;
                }
                entries
                    .get_mut(at)
                    .is_some_and(|entry| entry.value.remove(rest))
            }
            Value::List(items) => {
                let Some(at) = items.iter().position(|(number, _)| index(*number) == *step) else {
                    return false;
                };
                if rest.is_empty() {
                    items.remove(at);
                    return true;
                }
                items.get_mut(at).is_some_and(|(_, item)| item.remove(rest))
            }
            _ => false,
        }
    }

    /// The line of what a path leads to: that of its key or item.
    pub(crate) fn line_of(&self, path: &[String]) -> Option<usize> {
        let (step, rest) = path.split_first()?;
        let (line, value) = match &self.value {
            Value::Map(entries) => {
                let entry = entries.iter().find(|entry| entry.key == *step)?;
                (entry.line, &entry.value)
            }
            Value::List(items) => {
                let (_, item) = items.iter().find(|(number, _)| index(*number) == *step)?;
                (item.line, item)
            }
            _ => return None,
        };
        if rest.is_empty() {
            Some(line)
        } else {
            value.line_of(rest)
        }
    }

    /// What the key at the top leads to, and the line of the key.
    pub(crate) fn get(&self, key: &str) -> Option<(usize, &Self)> {
        match &self.value {
            Value::Map(entries) => entries
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| (entry.line, &entry.value)),
            _ => None,
        }
    }
}

/// The step of a path into a list.
pub(crate) fn index(number: usize) -> String {
    format!("[{number}]")
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Integer(value) => visitor.visit_i64(*value),
            Value::Float(value) => visitor.visit_f64(*value),
            Value::Text(value) => visitor.visit_borrowed_str(value),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(entries) => visitor.visit_map(Entries::new(entries)),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    /// A list is no settings, although derived types would take one for its fields in their order.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match self.value {
            Value::List(_) => Err(Problem::invalid_type(Unexpected::Seq, &"settings")),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match &self.value {
            Value::Text(word) => {
                let word: StrDeserializer<'_, Problem> = word.as_str().into_deserializer();
                visitor.visit_enum(word)
            }
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

struct Items<'de>(std::slice::Iter<'de, (usize, Node)>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Problem> {
        let Some((number, item)) = self.0.next() else {
            return Ok(None);
        };
        seed.deserialize(item)
            .map(Some)
            .map_err(|problem| problem.below(index(*number), item.line))
    }
}

struct Entries<'de> {
    rest: std::slice::Iter<'de, Entry>,
    current: Option<&'de Entry>,
}

impl<'de> Entries<'de> {
    fn new(entries: &'de [Entry]) -> Self {
        Self {
            rest: entries.iter(),
            current: None,
        }
    }
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Problem> {
        self.current = self.rest.next();
        let Some(entry) = self.current else {
            return Ok(None);
        };
        let key: StrDeserializer<'_, Problem> = entry.key.as_str().into_deserializer();
        seed.deserialize(key).map(Some).map_err(|mut problem| {
            // An unknown field names itself.
            if problem.path.is_empty() {
                problem.path.push(entry.key.clone());
            }
            problem.line = Some(entry.line);
            problem
        })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let Some(entry) = self.current else {
            return Err(Problem::new("a value was asked for before its key"));
        };
        seed.deserialize(&entry.value)
            .map_err(|problem| problem.below(&entry.key, entry.line))
    }
}
