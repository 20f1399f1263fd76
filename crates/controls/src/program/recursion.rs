//! Rules that call themselves. OPA refuses them; regorus compiles them, and they overflow the stack, which ends the
//! process (measured with regorus 0.14.1, on a stack of 64 MB as well).

use std::collections::BTreeSet;

use regorus::Value;
use regorus::rvm::Instruction;
use regorus::rvm::instructions::{LiteralOrRegister, VirtualDataDocumentLookupParams};
use regorus::rvm::program::Program;

/// The calls of each rule.
struct Calls<'a> {
    program: &'a Program,
    /// By number of the rule: the numbers of the rules that it may call.
    callees: Vec<BTreeSet<usize>>,
}

/// A chain of rules that ends where it begins, if there is one.
pub(super) fn chain(program: &Program) -> Option<String> {
    let calls = Calls::of(program);
    let mut sound = vec![false; calls.callees.len()];
    let rules = 0..calls.callees.len();
    let found = rules
        .into_iter()
        .find_map(|rule| calls.cycle_from(rule, &mut sound))?;
    let names = found
        .iter()
        .filter_map(|rule| program.rule_infos.get(*rule));
    let names: Vec<&str> = names.map(|rule| rule.name.as_str()).collect();
    Some(names.join(" calls "))
}

impl<'a> Calls<'a> {
    fn of(program: &'a Program) -> Self {
        let callees = vec![BTreeSet::new(); program.rule_infos.len()];
        let mut calls = Self { program, callees };
        let starts = starts(program);
        for (at, instruction) in program.instructions.iter().enumerate() {
            let owner = starts.range(..=(at, Some(usize::MAX))).next_back();
            if let Some(caller) = owner.and_then(|(_, rule)| *rule) {
                let called = calls.called(*instruction);
                if let Some(callees) = calls.callees.get_mut(caller) {
                    callees.extend(called);
                }
            }
        }
        calls
    }

    /// The rules that an instruction may call.
    fn called(&self, instruction: Instruction) -> Vec<usize> {
        let data = &self.program.instruction_data;
        match instruction {
            Instruction::CallRule { rule_index, .. } => vec![usize::from(rule_index)],
            Instruction::FunctionCall { params_index } => data
                .get_function_call_params(params_index)
                .map(|call| usize::from(call.func_rule_index))
                .into_iter()
                .collect(),
            Instruction::VirtualDataDocumentLookup { params_index } => data
                .get_virtual_data_document_lookup_params(params_index)
                .map(|lookup| self.looked_up(lookup))
                .unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// Every rule below the part of the path that is known.
    fn looked_up(&self, lookup: &VirtualDataDocumentLookupParams) -> Vec<usize> {
        let known = lookup.path_components.iter().map_while(|part| match part {
            LiteralOrRegister::Literal(index) => {
                match self.program.literals.get(usize::from(*index)) {
                    Some(Value::String(name)) => Some(name.to_string()),
                    _ => None,
                }
            }
            LiteralOrRegister::Register(_) => None,
        });
        let known: Vec<String> = known.filter(|name| name != "data").collect();
        let begins = |name: &str| {
            let mut parts = name.split('.').filter(|part| *part != "data");
            known.iter().all(|part| parts.next() == Some(part.as_str()))
        };
        let rules = self.program.rule_infos.iter().enumerate();
        rules
            .filter(|(_, rule)| begins(&rule.name))
            .map(|(index, _)| index)
            .collect()
    }

    /// A cycle that can be reached from a rule. Rules that reach none are `sound`. No recursion: it is ours to stop it.
    fn cycle_from(&self, start: usize, sound: &mut [bool]) -> Option<Vec<usize>> {
        let mut path: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut next = Some(start);
        loop {
            if let Some(rule) = next.take()
                && sound.get(rule) == Some(&false)
            {
                if let Some(from) = path.iter().position(|(on_path, _)| *on_path == rule) {
                    let cycle = path.iter().skip(from).map(|(on_path, _)| *on_path);
                    return Some(cycle.chain([rule]).collect());
                }
                let callees = self.callees.get(rule).into_iter().flatten();
                path.push((rule, callees.copied().collect()));
            }
            let (rule, open) = path.last_mut()?;
            next = open.pop();
            if next.is_none() {
                if let Some(is_sound) = sound.get_mut(*rule) {
                    *is_sound = true;
                }
                path.pop();
            }
        }
    }
}

/// Where the code of each rule begins, and where the code that belongs to none does: the entry points.
fn starts(program: &Program) -> BTreeSet<(usize, Option<usize>)> {
    let entries = program.entry_points.values().map(|at| (*at, None));
    let main = usize::try_from(program.main_entry_point)
        .ok()
        .map(|at| (at, None));
    let rules = program.rule_infos.iter().enumerate();
    let bodies = rules.flat_map(|(index, rule)| {
        let bodies = rule.definitions.iter().flatten().copied();
        let patterns = rule.destructuring_blocks.iter().flatten().copied();
        let all = bodies.chain(patterns);
        all.filter_map(move |at| Some((usize::try_from(at).ok()?, Some(index))))
    });
    bodies.chain(entries).chain(main).collect()
}
