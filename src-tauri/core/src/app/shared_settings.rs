//! Settings that the shop shares between its tills: what this till has taken of them, and taking more. They are written into
//! the till's own files, each replaced whole, and count from then on. What is sold already, or lies in a cart, keeps the
//! prices that it has, because a line holds its own.

use std::collections::BTreeMap;

use parking_lot::Mutex;
use serde::Serialize;
use strum::VariantArray as _;

use super::shared_sections::{
    copy_fields, differs, differs_from, fields_of, staff_changed, with_sections,
};
use super::{Inner, Till, TillError, TillEvent};
use crate::clock::UnixMs;
use crate::failpoints::{self, Failpoint};
use crate::files;
use crate::journal::JournalFile;
use crate::office::OfficeError;
use crate::pin;
use crate::sale::Event;
use crate::settings::Settings;
use crate::shared_settings::{
    Decision, Own, Refused, Section, SettingsReport, SettingsVersion, SharedSettings, Taken,
    TakenFile, decide, read,
};
use crate::staff::{PersonDifference, SharedPerson};

/// What this till has of the shop's shared settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SharedStatus {
    /// The number of the version; 0: the office shares nothing.
    #[ts(type = "number")]
    pub number: u64,
    /// When it came.
    pub taken_at_unix_ms: UnixMs,
    /// The sections that are shared.
    pub sections: Vec<SharedSectionView>,
    /// What could not be taken.
    pub refused: Vec<Refused>,
}

/// A section that is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ts_rs::TS)]
#[ts(export)]
pub struct SharedSectionView {
    /// Which.
    pub section: Section,
    /// This till may not change it.
    pub locked: bool,
    /// This till has changed it.
    pub changed: bool,
}

/// What this program knows of them.
#[derive(Debug, Default)]
pub(super) struct SharedKnown {
    taken: Mutex<Option<Taken>>,
}

impl Till {
    /// What this till has of the shop's shared settings; `None`: it has no office, or has heard nothing of it yet.
    pub fn shared_settings(&self) -> Option<SharedStatus> {
        self.inner.shared_status()
    }

    /// Refuses a change of a section that only the office may change.
    ///
    /// # Errors
    /// [`TillError::SettingsShared`].
    pub fn require_own(&self, section: Section) -> Result<(), TillError> {
        self.inner.require_own(section)
    }
}

impl Inner {
    /// Reads what was taken, when the till is opened and when it is paired or has left.
    pub(super) fn load_shared(&self) {
        let taken = self
            .taken_file()
            .and_then(|(file, office)| file.read(&office));
        *self.shared.taken.lock() = taken;
    }

    /// Forgets what was taken: the till has left its office.
    pub(super) fn forget_shared(&self) {
        *self.shared.taken.lock() = None;
        if let Err(error) = TakenFile::in_folder(&self.data_dir).remove() {
            tracing::warn!(%error, "what was taken from the back office stays noted down");
        }
        self.emit(TillEvent::SettingsTaken(0));
    }

    /// Another program of this till may have left the office: what it had shared is the till's own then.
    pub(super) fn leave_shared(&self) {
        let had = self.shared.taken.lock().take();
        if had.is_some() {
            self.emit(TillEvent::SettingsTaken(0));
        }
    }

    fn taken_file(&self) -> Option<(TakenFile, crate::office::PublicKey)> {
        let pairing = self.pairing().ok().flatten()?;
        Some((TakenFile::in_folder(&self.data_dir), pairing.office))
    }

    fn locks(&self, section: Section) -> bool {
        let taken = self.shared.taken.lock();
        taken.as_ref().is_some_and(|taken| taken.locks(section))
    }

    pub(super) fn require_own(&self, section: Section) -> Result<(), TillError> {
        match self.locks(section) {
            true => Err(TillError::SettingsShared(section)),
            false => Ok(()),
        }
    }

    /// The same settings with what only the office may change as it is.
    pub(super) fn with_locked(&self, before: &Settings, mut wanted: Settings) -> Settings {
        for section in Section::VARIANTS.iter().copied() {
            if self.locks(section) {
                copy_fields(section, before, &mut wanted);
            }
        }
        wanted
    }

    fn shared_status(&self) -> Option<SharedStatus> {
        let taken = self.shared.taken.lock().clone()?;
        let own = self.own_readable();
        let shared = Section::VARIANTS.iter().copied();
        let sections = shared.filter(|section| taken.document.has(*section));
        let sections = sections.map(|section| SharedSectionView {
            section,
            locked: taken.locks(section),
            changed: taken.applied && differs(&taken, &own, section),
        });
        Some(SharedStatus {
            number: taken.number,
            taken_at_unix_ms: taken.at_unix_ms,
            sections: sections.collect(),
            refused: taken.refused,
        })
    }

    /// What is to be told to the office.
    pub(super) fn shared_report(&self) -> Option<SettingsReport> {
        let status = self.shared_status()?;
        let changed = status.sections.into_iter().filter(|it| it.changed);
        let report = SettingsReport {
            number: status.number,
            refused: status.refused,
            changed: changed.map(|it| it.section).collect(),
        };
        Some(report.bounded())
    }

    /// By which the office knows the version that this till has.
    pub(super) fn shared_tag(&self) -> Option<String> {
        self.shared.taken.lock().as_ref().map(Taken::tag)
    }

    /// What this till has of its own.
    ///
    /// # Errors
    /// [`TillError::Staff`] when the cashiers' file cannot be read: then nobody knows who they are.
    pub(super) fn own_shared(&self) -> Result<Own, TillError> {
        let own = self.own_readable();
        let register = self.cashier_file.register();
        let people = register.shared_people(&own.settings.cashiers)?;
        Ok(Own { people, ..own })
    }

    /// The same with nobody where the cashiers' file cannot be read: the other sections do not suffer from it.
    fn own_readable(&self) -> Own {
        let settings = self.settings();
        let people = self
            .cashier_file
            .register()
            .shared_people(&settings.cashiers);
        Own {
            items: self.items.list(),
            people: people.unwrap_or_default(),
            settings,
        }
    }

    /// Another program of this till has taken a version: reads what it has written.
    pub(super) fn follow_other_program(&self) {
        let Some(now) = self
            .taken_file()
            .and_then(|(file, office)| file.read(&office))
        else {
            return;
        };
        let known = self.shared_tag();
        if now.applied && known != Some(now.tag()) {
            self.settings.reload();
            self.items.reload();
            let number = now.number;
            *self.shared.taken.lock() = Some(now);
            self.emit(TillEvent::SettingsTaken(number));
        }
    }

    /// Takes a version that has come, or finishes one that was not finished, or puts back what may not differ; `None`: that
    /// which is known. What the till has is written down before anything changes, and once more when all has.
    pub(super) async fn take_shared(&self, came: Option<SettingsVersion>) -> Result<(), TillError> {
        let Some((file, office)) = self.taken_file() else {
            return Ok(());
        };
        let before = self.shared.taken.lock().clone();
        let mut taken = match (came, before) {
            (Some(version), before) => {
                if version.settings.digest() != version.digest {
                    let why = "the shared settings are not those of their digest".to_owned();
                    return Err(OfficeError::Unreadable(why).into());
                }
                let taken = Taken {
                    office,
                    number: version.number,
                    digest: version.digest,
                    at_unix_ms: self.clock.now(),
                    applied: false,
                    sections: before.map(|it| it.sections).unwrap_or_default(),
                    refused: Vec::new(),
                    document: version.settings,
                };
                if taken.sections.is_empty() {
                    self.keep_own_files();
                }
                file.write(&taken).map_err(TillError::FileUnwritable)?;
                failpoints::reached(Failpoint::SharedSettingsStored);
                taken
            }
            (None, Some(taken)) => taken,
            (None, None) => return Ok(()),
        };
        let was = taken.clone();
        let has_changed = self.apply(&mut taken).await?;
        if taken != was {
            file.write(&taken).map_err(TillError::FileUnwritable)?;
        }
        let is_news = self.shared_tag() != Some(taken.tag());
        let number = taken.number;
        *self.shared.taken.lock() = Some(taken);
        if has_changed || is_news {
            self.emit(TillEvent::SettingsTaken(number));
        }
        Ok(())
    }

    /// Keeps a copy of what the till had before it took anything: it may be the work of days.
    fn keep_own_files(&self) {
        for name in ["items.json", "settings.json", "staff.json"] {
            let path = self.data_dir.join(name);
            let copy = self.data_dir.join(format!("{name}.before-office"));
            if path.exists()
                && !copy.exists()
                && let Err(error) = files::copy_private(&path, &copy)
            {
                tracing::warn!(%error, name, "no copy is kept");
            }
        }
    }

    /// Brings what is taken into the till's own files. Says whether any has changed.
    async fn apply(&self, taken: &mut Taken) -> Result<bool, TillError> {
        let own = self.own_readable();
        let (shared, mut refused) = read(&taken.document, &own);
        let mut wanted: Vec<Section> = Section::VARIANTS
            .iter()
            .copied()
            .filter(|section| {
                let Some(offered) = taken.document.digest_of(*section) else {
                    return false;
                };
                let last = taken.sections.get(section).map(String::as_str);
                let is_local = taken.document.is_local(*section);
                let own_differs = differs_from(&shared, &own, *section);
                decide(&offered, last, is_local, own_differs) == Decision::Take
            })
            .collect();
        let people = self.people_to_take(&shared, &mut wanted, &mut refused);
        let changing: Vec<_> = wanted
            .iter()
            .copied()
            .filter(|section| differs_from(&shared, &own, *section))
            .collect();
        if !changing.is_empty() {
            self.write_shared(taken.number, &shared, &own, &changing, people)
                .await?;
        }
        let mut sections = BTreeMap::new();
        for section in Section::VARIANTS.iter().copied() {
            if let Some(digest) = taken.document.digest_of(section) {
                sections.insert(section, digest);
            }
        }
        taken.sections = sections;
        taken.applied = true;
        taken.refused = refused;
        Ok(!changing.is_empty())
    }

    /// What becomes of each cashier, where the cashiers are to be taken. A list by which nobody could do everything at this
    /// till any more is refused whole.
    fn people_to_take(
        &self,
        shared: &SharedSettings,
        wanted: &mut Vec<Section>,
        refused: &mut Vec<Refused>,
    ) -> Vec<PersonDifference> {
        let Some(cashiers) = shared.cashiers.as_ref() else {
            return Vec::new();
        };
        let checked = self
            .cashier_file
            .register()
            .check_shared(&cashiers.people, self.has_shop_pin());
        match checked {
            Ok(people) if wanted.contains(&Section::Cashiers) => people,
            Ok(_) => Vec::new(),
            Err(error) => {
                wanted.retain(|section| *section != Section::Cashiers);
                refused.push(Refused {
                    section: Section::Cashiers,
                    field: "people".to_owned(),
                    problem: error.to_string(),
                });
                Vec::new()
            }
        }
    }

    fn has_shop_pin(&self) -> bool {
        pin::is_known_to_be_set(&self.data_dir)
    }

    /// Writes sections into the till's own files, once the journal says so.
    async fn write_shared(
        &self,
        number: u64,
        shared: &SharedSettings,
        own: &Own,
        sections: &[Section],
        people: Vec<PersonDifference>,
    ) -> Result<(), TillError> {
        let settings = with_sections(&own.settings, shared, sections);
        let mut events: Vec<Event> = people.into_iter().map(staff_changed).collect();
        let mut fields: Vec<String> = Vec::new();
        if sections.contains(&Section::Items) {
            fields.push("items".to_owned());
        }
        let changed = settings.changed_since(&own.settings).into_iter();
        fields.extend(changed.map(str::to_owned));
        events.push(Event::SettingsChanged {
            fields,
            settings: settings.fingerprint(self.till_id),
            shared: Some(number),
        });
        let now = self.clock.now();
        let append = move |file: &mut JournalFile| {
            // It is nobody's at the till.
            file.set_cashier(None);
            events
                .into_iter()
                .try_for_each(|event| file.append_event(event, now))
        };
        self.journal.call(append).await?;
        if let Some(items) = shared
            .items
            .as_ref()
            .filter(|_| sections.contains(&Section::Items))
        {
            self.items.replace(items.list.clone())?;
            failpoints::reached(Failpoint::SharedItemsWritten);
        }
        let fields: Vec<&str> = sections
            .iter()
            .flat_map(|it| fields_of(*it))
            .copied()
            .collect();
        if !fields.is_empty() {
            let change = |settings: &mut Settings| {
                *settings = with_sections(settings, shared, sections);
            };
            self.settings.change(&fields, change, |_, _| Ok(()))?;
        }
        if let Some(cashiers) = &shared.cashiers
            && sections.contains(&Section::Cashiers)
        {
            let register = self.cashier_file.register();
            register.take_shared(&cashiers.people, self.has_shop_pin())?;
            self.sign_off_changed(own, &cashiers.people);
        }
        Ok(())
    }

    /// Whoever is gone, or has only now got a PIN to prove by, is signed on no longer.
    fn sign_off_changed(&self, before: &Own, now: &[SharedPerson]) {
        let Some(name) = self.journal.cashier() else {
            return;
        };
        let had_pin = |people: &[SharedPerson]| {
            let known = people.iter().find(|it| it.name == name);
            known.map(SharedPerson::has_pin)
        };
        let is_gone = had_pin(now).is_none();
        let has_new_pin = had_pin(now) == Some(true) && had_pin(&before.people) != Some(true);
        if is_gone || has_new_pin {
            self.journal.set_cashier(None);
        }
    }
}
