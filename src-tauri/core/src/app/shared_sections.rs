//! The sections of shared settings as the till's own settings hold them: what each has, whether it differs, and putting one in
//! its place. Functions of values.

use crate::sale::{Event, StaffChange};
use crate::settings::Settings;
use crate::shared_settings::{Own, Section, SharedSettings, Taken, read};
use crate::staff::PersonDifference;

/// Which fields of the settings a section has.
pub(super) fn fields_of(section: Section) -> &'static [&'static str] {
    match section {
        Section::Items => &[],
        Section::Taxes => &["tax_rates", "default_tax"],
        Section::Cashiers => &["cashiers", "staff.rights", "staff.free_discount"],
        Section::Texts => &["shop.name", "shop.address", "shop.tax_id", "shop.footer"],
    }
}

/// Whether the till has something else than what it took.
pub(super) fn differs(taken: &Taken, own: &Own, section: Section) -> bool {
    let (shared, _) = read(&taken.document, own);
    differs_from(&shared, own, section)
}

/// Whether the till has something else than what is shared.
pub(super) fn differs_from(shared: &SharedSettings, own: &Own, section: Section) -> bool {
    let settings = &own.settings;
    match section {
        Section::Items => shared.items.as_ref().is_some_and(|it| it.list != own.items),
        Section::Taxes => shared.taxes.as_ref().is_some_and(|it| {
            (&it.tax_rates, &it.default_tax) != (&settings.tax_rates, &settings.default_tax)
        }),
        Section::Cashiers => shared
            .cashiers
            .as_ref()
            .is_some_and(|it| it.people != own.people || it.staff != settings.staff),
        Section::Texts => shared
            .texts
            .as_ref()
            .is_some_and(|it| it.shop != settings.shop),
    }
}

/// The settings with these sections of what is shared.
pub(super) fn with_sections(
    before: &Settings,
    shared: &SharedSettings,
    sections: &[Section],
) -> Settings {
    let mut whole = before.clone();
    if let Some(taxes) = &shared.taxes {
        whole.tax_rates.clone_from(&taxes.tax_rates);
        whole.default_tax = taxes.default_tax;
    }
    if let Some(cashiers) = &shared.cashiers {
        whole.cashiers = cashiers.people.iter().map(|it| it.name.clone()).collect();
        whole.staff.clone_from(&cashiers.staff);
    }
    if let Some(texts) = &shared.texts {
        whole.shop.clone_from(&texts.shop);
    }
    let mut settings = before.clone();
    for section in sections {
        copy_fields(*section, &whole, &mut settings);
    }
    settings
}

pub(super) fn copy_fields(section: Section, from: &Settings, to: &mut Settings) {
    match section {
        Section::Items => {}
        Section::Taxes => {
            to.tax_rates.clone_from(&from.tax_rates);
            to.default_tax = from.default_tax;
        }
        Section::Cashiers => {
            to.cashiers.clone_from(&from.cashiers);
            to.staff.clone_from(&from.staff);
        }
        Section::Texts => to.shop.clone_from(&from.shop),
    }
}

pub(super) fn staff_changed(person: PersonDifference) -> Event {
    Event::StaffChanged {
        cashier: person.name,
        change: match (person.is_new, person.is_gone) {
            (true, _) => StaffChange::Added,
            (_, true) => StaffChange::Removed,
            _ => StaffChange::Changed,
        },
        role: person.role,
        fields: person.fields,
    }
}
