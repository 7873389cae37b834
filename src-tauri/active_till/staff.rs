//! Cashiers with PINs or fobs of their own at the open till: the guard decides, and what it decided stands in the journal.

use std::sync::Arc;

use ringup_core::Till;
use ringup_core::error::Fault;
use ringup_core::pin::PinError;
use ringup_core::sale::{Event, SignOnProof, StaffChange};
use ringup_core::settings::Settings;
use ringup_core::shared_settings::Section;
use ringup_core::staff::{
    Approver, Call, Guard, Passed, PersonChange, Proof, Right, StaffError, StaffSettings, StaffView,
};
use secrecy::ExposeSecret as _;

use super::{ActiveTill, Mode, OpenTill, refused, run_blocking};

impl ActiveTill {
    /// Lets an act pass that needs a right. The shop's own settings say who has it, also in practice.
    ///
    /// # Errors
    /// Those of [`Guard::require`].
    pub(crate) fn require(&self, right: Right, call: &Call, typed: bool) -> Result<Passed, Fault> {
        let rights = self.staff_settings().rights;
        Ok(self.guard.require(right, &rights, call, typed)?)
    }

    /// What the shop has set about its staff.
    pub(crate) fn staff_settings(&self) -> StaffSettings {
        Settings::load(&self.config.data_dir).staff
    }

    /// Checks that somebody is signed on who sells, where cashiers have PINs. Customers who serve themselves are not. Where
    /// the cashiers' file cannot be read nobody can sign on, and selling goes on.
    ///
    /// # Errors
    /// `pin_needed`; those of [`Self::open`].
    pub(crate) async fn check_signed_on(&self) -> Result<(), Fault> {
        if !self.guard.in_force() || self.guard.require_open().is_ok() {
            return Ok(());
        }
        let till = self.open().await?.till;
        let by_name = till.cashier().is_some();
        let passes = by_name || till.settings().kiosk.self_service;
        if passes || !self.guard.register().is_readable() {
            Ok(())
        } else {
            Err(PinError::Needed.into())
        }
    }

    /// The cashiers of the open till.
    ///
    /// # Errors
    /// Those of [`Self::open`].
    pub(crate) async fn staff_view(&self) -> Result<StaffView, Fault> {
        Ok(self.staff_view_of(&self.open().await?.till))
    }

    pub(crate) fn staff_view_of(&self, till: &Till) -> StaffView {
        self.guard.register().view(&till.settings().cashiers)
    }

    async fn with_guard<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Guard) -> Result<T, StaffError> + Send + 'static,
    ) -> Result<T, Fault> {
        let guard = Arc::clone(&self.guard);
        Ok(run_blocking(move || work(&guard)).await??)
    }

    /// Signs on whoever gives this proof. Returns the name; `None`: it was the shop's PIN, or a fob that is nobody's, which
    /// changes nothing.
    ///
    /// # Errors
    /// Those of [`Guard::sign_on`] and [`Self::open`].
    pub(crate) async fn sign_on(&self, proof: Proof) -> Result<Option<String>, Fault> {
        let till = self.open().await?.till;
        let how = match &proof {
            Proof::Pin { .. } => Some(SignOnProof::Pin),
            Proof::Fob(_) => Some(SignOnProof::Fob),
            Proof::ShopPin(_) => None,
        };
        let name = self.with_guard(move |guard| guard.sign_on(&proof)).await?;
        match &name {
            Some(name) => {
                self.record_sign_on(Some(name.clone()), how).await;
                till.set_proven_cashier(Some(name.clone()));
            }
            None if how.is_none() => till.set_proven_cashier(None),
            None => {}
        }
        Ok(name)
    }

    /// Signs a cashier on who has neither PIN nor fob; `None` signs off.
    ///
    /// # Errors
    /// `cashier_unknown`, `settings_unwritable`; those of [`Self::open`].
    pub(crate) async fn sign_on_by_name(&self, name: Option<String>) -> Result<(), Fault> {
        let till = self.open().await?.till;
        let before = till.cashier();
        let name = till.sign_on(name)?;
        if self.guard.in_force() {
            self.guard.sign_off();
            if before != name {
                self.record_sign_on(name, None).await;
            }
        }
        Ok(())
    }

    /// Signs off a cashier whose time has run out. One who has neither PIN nor fob stays, as the name says no more.
    pub(crate) async fn sign_off_idle(&self) {
        let cashier = self.opened().await.and_then(|open| open.till.cashier());
        if cashier.is_some_and(|name| self.guard.register().needs_proof(&name)) {
            self.sign_off().await;
        }
    }

    /// Signs off whoever is at the till.
    pub(crate) async fn sign_off(&self) {
        self.guard.sign_off();
        if let Some(open) = self.opened().await
            && open.till.cashier().is_some()
        {
            self.record_sign_on(None, None).await;
            open.till.set_proven_cashier(None);
        }
    }

    /// A journal that cannot be written must not keep a supervisor from the settings: what is done then is refused by
    /// itself.
    async fn record_sign_on(&self, cashier: Option<String>, proof: Option<SignOnProof>) {
        let event = Event::SignedOn { cashier, proof };
        if let Err(fault) = self.append_event(event).await {
            tracing::error!(%fault, "who signed on cannot be written down");
        }
    }

    /// Lends the act that was refused last.
    ///
    /// # Errors
    /// Those of [`Guard::approve`].
    pub(crate) async fn approve(&self, proof: Proof) -> Result<Approver, Fault> {
        let rights = self.staff_settings().rights;
        self.with_guard(move |guard| guard.approve(&proof, &rights))
            .await
    }

    /// Changes a cashier, once that stands in the journal. Whoever gives out the first PIN knows it, and is signed on.
    ///
    /// # Errors
    /// Those of [`ringup_core::staff::Register::change`], `fob_taken` for an item's code, and those of the journal.
    pub(crate) async fn change_cashier(
        &self,
        name: String,
        change: PersonChange,
    ) -> Result<(), Fault> {
        let till = self.open().await?.till;
        // A fob is this till's own, whoever lists the cashiers.
        let role = self.guard.register().role_of(&name).unwrap_or_default();
        if change.pin.is_some() || change.role.is_some_and(|it| it != role) {
            till.require_own(Section::Cashiers)?;
        }
        if let Some(fob) = &change.fob {
            let is_it = |code: &String| code == fob.expose_secret();
            if till
                .items()
                .iter()
                .any(|item| item.barcode.as_ref().is_some_and(is_it))
            {
                return Err(StaffError::FobTaken.into());
            }
        }
        let shop_pin = self.lock.is_set();
        let (role, fields) = (change.role, change.fields());
        let first = (!self.guard.in_force())
            .then(|| change.pin.clone())
            .flatten();
        let checked = name.clone();
        let check = move |guard: &Guard| {
            let is_new = guard.register().check_change(&checked, &change, shop_pin)?;
            Ok((is_new, change))
        };
        let (is_new, change) = self.with_guard(check).await?;
        let event = Event::StaffChanged {
            cashier: name.clone(),
            change: if is_new {
                StaffChange::Added
            } else {
                StaffChange::Changed
            },
            role,
            fields,
        };
        self.append_event(event).await?;
        let changed = name.clone();
        self.with_guard(move |guard| guard.register().change(&changed, &change, shop_pin))
            .await?;
        match first {
            Some(pin) if self.guard.in_force() => {
                self.sign_on(Proof::Pin { name, pin }).await?;
            }
            // A name that had signed on by itself is now somebody's.
            _ if till.cashier() != self.guard.signed_on()
                && till
                    .cashier()
                    .is_some_and(|it| self.guard.register().needs_proof(&it)) =>
            {
                till.set_proven_cashier(None);
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes a cashier's role, PIN and fob away, once that stands in the journal.
    ///
    /// # Errors
    /// `owner_missing`; those of the register and of the journal.
    pub(crate) async fn remove_cashier(&self, name: String) -> Result<(), Fault> {
        self.open().await?.till.require_own(Section::Cashiers)?;
        let (register, shop_pin) = (self.guard.register(), self.lock.is_set());
        if !register.check_removal(&name, shop_pin)? {
            return Ok(());
        }
        let count = register.unrecorded_refusals(&name);
        if count > 0 {
            self.append_event(refused(count, Some(name.clone())))
                .await?;
        }
        let event = Event::StaffChanged {
            cashier: name.clone(),
            change: StaffChange::Removed,
            role: None,
            fields: Vec::new(),
        };
        self.append_event(event).await?;
        if self.guard.signed_on().as_ref() == Some(&name) {
            self.sign_off().await;
        }
        Ok(register.remove(&name, shop_pin)?)
    }

    /// The cashiers whom these settings no longer name and who have a PIN or a fob; they go with the name.
    ///
    /// # Errors
    /// `owner_missing` when one of them must stay.
    pub(crate) fn removed_cashiers(
        &self,
        open: &OpenTill,
        settings: &Settings,
    ) -> Result<Vec<String>, Fault> {
        if open.till.require_own(Section::Cashiers).is_err() {
            return Ok(Vec::new());
        }
        let (register, shop_pin) = (self.guard.register(), self.lock.is_set());
        let mut removed = open.till.settings().cashiers;
        // The practice till's names are not the shop's.
        removed.retain(|name| {
            let is_named = settings.cashiers.contains(name);
            open.mode == Mode::Live && !is_named && register.role_of(name).is_some()
        });
        for name in &removed {
            register.check_removal(name, shop_pin)?;
        }
        Ok(removed)
    }

    /// Writes down the wrong PINs of each cashier, at most once a minute.
    pub(super) async fn record_refused_cashiers(&self) {
        let guard = Arc::clone(&self.guard);
        let refusals = run_blocking(move || guard.register().refusals_to_record()).await;
        for (name, count) in refusals.unwrap_or_default() {
            if let Err(fault) = self.append_event(refused(count, Some(name.clone()))).await {
                tracing::error!(%fault, "wrong PINs cannot be written down yet");
                return;
            }
            let noted = move |guard: &Guard| guard.register().note_recorded(&name, count);
            if let Err(fault) = self.with_guard(noted).await {
                tracing::error!(%fault, "wrong PINs will be written down once more");
            }
        }
    }
}
