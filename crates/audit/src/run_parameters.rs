//! The parameters of a run: what the operator decided, and the Organization that the run sweeps.

use std::sync::{Arc, Mutex, PoisonError};

use aws::RunStore;
use compliance::{Members, RunId, store_key};
use controls::Parameters;

/// The operator's parameters, completed with the Organization of whichever run is being audited.
#[derive(Debug, Default)]
pub struct RunParameters {
    configured: Parameters,
    /// Those of the latest run: a warm function reads the Organization once per run.
    latest: Mutex<Option<(RunId, Arc<Parameters>)>>,
}

impl RunParameters {
    /// With the parameters that hold for every run.
    #[must_use]
    pub fn new(configured: Parameters) -> Self {
        Self {
            configured,
            latest: Mutex::default(),
        }
    }

    /// The parameters that hold for every run, without an Organization.
    #[must_use]
    pub fn configured(&self) -> &Parameters {
        &self.configured
    }

    /// The parameters of a run. Its Organization takes the place of a configured one.
    ///
    /// # Errors
    ///
    /// If the Organization cannot be read from the run bucket: without it a member looks like a
    /// stranger, so nothing is judged.
    pub async fn of(&self, store: &RunStore, run: &RunId) -> Result<Arc<Parameters>, aws::Error> {
        if let Some(known) = self.known(run) {
            return Ok(known);
        }
        let members: Members = store.get_json(&store_key::organization(run)).await?;
        let parameters = Arc::new(Parameters {
            organization_id: Some(members.organization_id),
            organization_accounts: members.accounts,
            ..self.configured.clone()
        });
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((run.clone(), Arc::clone(&parameters)));
        Ok(parameters)
    }

    fn known(&self, run: &RunId) -> Option<Arc<Parameters>> {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let (of, parameters) = latest.as_ref()?;
        (of == run).then(|| Arc::clone(parameters))
    }
}

#[cfg(test)]
mod tests {
    use compliance::ErrorName;
    use replay::{Answer, Replay, call};
    use serde_json::json;

    use super::*;

    const FIRST: &str = "20261120T140433000Z-1a2b3c4d";
    const SECOND: &str = "20261121T140433000Z-1a2b3c4d";

    fn organization(id: &str) -> Answer {
        Answer::of(json!({"organization_id": id, "accounts": ["111122223333", "444455556666"]}))
    }

    /// A run bucket with the Organizations of two runs.
    fn replay() -> Replay {
        Replay::new()
            .on(call("GetObject").with(FIRST), organization("o-first"))
            .on(call("GetObject").with(SECOND), organization("o-second"))
    }

    async fn id(parameters: &RunParameters, store: &RunStore, run: &str) -> Option<String> {
        let parameters = parameters.of(store, &run.parse().unwrap()).await.unwrap();
        assert_eq!(parameters.organization_accounts.len(), 2);
        parameters.organization_id.clone()
    }

    #[tokio::test]
    async fn the_organization_is_read_once_per_run_and_joins_what_is_configured() {
        let replay = replay();
        let store = RunStore::new(&replay.config("eu-west-1"), "runs");
        let parameters = RunParameters::new(Parameters {
            trusted_accounts: ["777788889999".parse().unwrap()].into(),
            ..Parameters::default()
        });
        for run in [FIRST, FIRST] {
            assert_eq!(id(&parameters, &store, run).await.unwrap(), "o-first");
        }
        assert_eq!(replay.requests_of("GetObject").len(), 1);
        assert_eq!(id(&parameters, &store, SECOND).await.unwrap(), "o-second");
        assert_eq!(replay.requests_of("GetObject").len(), 2);
        let joined = parameters.of(&store, &SECOND.parse().unwrap()).await;
        assert_eq!(joined.unwrap().trusted_accounts.len(), 1);
    }

    #[tokio::test]
    async fn without_the_organization_there_are_no_parameters_to_judge_with() {
        for (answer, name) in [
            (
                Answer::refused(404, "NoSuchKey"),
                ErrorName::ReportUnreadable,
            ),
            (
                Answer::of(json!({"accounts": []})),
                ErrorName::ReportUnreadable,
            ),
            (Answer::denied("AccessDenied"), ErrorName::AccessDenied),
        ] {
            let replay = Replay::new().on("GetObject", answer);
            let store = RunStore::new(&replay.config("eu-west-1"), "runs");
            let parameters = RunParameters::default();
            let error = parameters.of(&store, &FIRST.parse().unwrap()).await;
            let error = error.unwrap_err();
            assert_eq!(error.name(), name, "{error}");
            assert!(error.to_string().contains("organization.json"), "{error}");
        }
    }
}
