//! What is read of one key besides its metadata.

use aws::answer::Gone;
use aws_sdk_kms::types::KeyMetadata;
use compliance::Refusal;
use compliance::fact::read_or_note;
use compliance::observation::KeyObservation;

use super::KeyCollector;
use crate::key::{rotation, usage};

impl KeyCollector {
    /// Everything but the metadata. What could not be described may still be read, except rotation:
    /// nobody knows whether it can apply.
    pub(super) async fn read_facts(
        &self,
        key: &mut KeyObservation,
        described: &Result<KeyMetadata, Refusal>,
    ) -> Result<(), Gone> {
        let id = key.key_id.clone();
        let rotates = match described {
            Ok(metadata) if rotation::can_rotate(metadata) => self.reader.rotation(&id).await?,
            Ok(_) => Ok(None),
            Err(refusal) => Err(refusal.clone()),
        };
        rotation::rotate(key, rotates);
        self.read_history(key, described).await?;
        let names = self.aliases().await.as_ref();
        let names = names.map(|names| names.get(&id).cloned().unwrap_or_default());
        let unknown = &mut key.unknown;
        key.aliases = read_or_note(unknown, "aliases", names.map_err(Clone::clone));
        key.key_policy = read_or_note(unknown, "key_policy", self.reader.policy(&id).await?);
        self.read_primary(key, described).await;
        let unknown = &mut key.unknown;
        key.grants = read_or_note(unknown, "grants", self.reader.grants(&id).await?);
        key.tags = read_or_note(unknown, "tags", self.reader.tags(&id).await?);
        Ok(())
    }

    /// When the material was rotated and the key was used: asked for where KMS can tell.
    async fn read_history(
        &self,
        key: &mut KeyObservation,
        described: &Result<KeyMetadata, Refusal>,
    ) -> Result<(), Gone> {
        let id = key.key_id.clone();
        let rotated = match described {
            Ok(metadata) if rotation::may_have_rotated(metadata) => {
                self.reader.last_rotation(&id).await?
            }
            Ok(_) => Ok(None),
            Err(refusal) => Err(refusal.clone()),
        };
        key.last_rotation_date = read_or_note(&mut key.unknown, "last_rotation_date", rotated);
        if !self.asks_for_usage {
            return Ok(());
        }
        let used = match described {
            Ok(metadata) if usage::is_worth_asking(metadata) => self.reader.usage(&id).await?,
            Ok(_) => Ok(None),
            Err(refusal) => Err(refusal.clone()),
        };
        key.last_usage = read_or_note(&mut key.unknown, "last_usage", used);
        Ok(())
    }
}
