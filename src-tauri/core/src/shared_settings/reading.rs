//! Reads a document value by value, by the same rules as the till's own files and forms. A value that breaks one is refused
//! by itself, and the till keeps what it had in its place.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{
    Document, Refused, Section, SharedCashiers, SharedItems, SharedSettings, SharedTaxes,
    SharedTexts,
};
use crate::error::FieldError;
use crate::items::{self, Item};
use crate::settings::{Settings, read_fields};
use crate::staff::{Right, SharedPerson};

/// What a till has of its own, as shared settings would hold it.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// Its items.
    pub items: Vec<Item>,
    /// Its settings.
    pub settings: Settings,
    /// Its cashiers, those without a PIN too.
    pub people: Vec<SharedPerson>,
}

const NO_SECTION: &str = "is no section of settings";
const UNREADABLE: &str = "is not readable";
const TWICE: &str = "stands there twice";

/// What a document says to a till that has this, and every value of it that was refused.
pub fn read(document: &Document, own: &Own) -> (SharedSettings, Vec<Refused>) {
    let mut reader = Reader {
        document,
        own,
        refused: Vec::new(),
    };
    let settings = SharedSettings {
        items: reader.items(),
        taxes: reader.taxes(),
        cashiers: reader.cashiers(),
        texts: reader.texts(),
    };
    (settings, reader.refused)
}

struct Reader<'a> {
    document: &'a Document,
    own: &'a Own,
    refused: Vec<Refused>,
}

impl<'a> Reader<'a> {
    fn refuse(&mut self, section: Section, field: impl Into<String>, problem: &str) {
        self.refused.push(Refused {
            section,
            field: field.into(),
            problem: problem.to_owned(),
        });
    }

    /// The fields of a section, and whether tills may change their own. One that is no object has no field.
    fn fields(&mut self, section: Section) -> Option<(&'a Map<String, Value>, bool)> {
        match self.document.section(section)? {
            Value::Object(fields) => {
                if fields.get("local").is_some_and(|it| !it.is_boolean()) {
                    self.refuse(section, "local", UNREADABLE);
                }
                Some((fields, self.document.is_local(section)))
            }
            _ => {
                self.refuse(section, section.as_str(), NO_SECTION);
                None
            }
        }
    }

    /// The rows of a list; `None`: it is none.
    fn rows(
        &mut self,
        section: Section,
        fields: &'a Map<String, Value>,
        name: &str,
    ) -> Option<&'a Vec<Value>> {
        let rows = fields.get(name).and_then(Value::as_array);
        if rows.is_none() {
            self.refuse(section, name, UNREADABLE);
        }
        rows
    }

    fn items(&mut self) -> Option<SharedItems> {
        let (fields, local) = self.fields(Section::Items)?;
        let list = match self.rows(Section::Items, fields, "list") {
            Some(rows) => {
                let read = items::read_each(rows, &self.own.items);
                for (name, problem) in read.refused {
                    self.refuse(Section::Items, name, &problem);
                }
                read.items
            }
            None => self.own.items.clone(),
        };
        Some(SharedItems { local, list })
    }

    /// Reads fields of the settings; those of others than these are not looked at.
    fn settings(
        &mut self,
        section: Section,
        given: Map<String, Value>,
        fields: &[&str],
    ) -> Settings {
        let (settings, wrong) = read_fields(&given, &self.own.settings);
        for FieldError { field, problem } in wrong {
            if fields.contains(&field) {
                self.refuse(section, field, problem);
            }
        }
        settings
    }

    fn taxes(&mut self) -> Option<SharedTaxes> {
        let (fields, local) = self.fields(Section::Taxes)?;
        let names = ["tax_rates", "default_tax"];
        let settings = self.settings(Section::Taxes, only(fields, &names), &names);
        let is_rate = |rate| settings.tax_rates.iter().any(|it| it.rate == rate);
        Some(SharedTaxes {
            local,
            default_tax: settings.default_tax.filter(|rate| is_rate(*rate)),
            tax_rates: settings.tax_rates.clone(),
        })
    }

    fn texts(&mut self) -> Option<SharedTexts> {
        let (fields, local) = self.fields(Section::Texts)?;
        let texts = only(fields, &["name", "address", "tax_id", "footer"]);
        let given = only_one("shop", Value::Object(texts));
        let names = ["shop.name", "shop.address", "shop.tax_id", "shop.footer"];
        let settings = self.settings(Section::Texts, given, &names);
        Some(SharedTexts {
            local,
            shop: settings.shop,
        })
    }

    fn cashiers(&mut self) -> Option<SharedCashiers> {
        let (fields, local) = self.fields(Section::Cashiers)?;
        let people = match self.rows(Section::Cashiers, fields, "people") {
            Some(rows) => self.people(rows),
            None => self.own.people.clone(),
        };
        let staff = only(fields, &["rights", "free_discount"]);
        let given = only_one("staff", Value::Object(staff));
        let names = ["staff", "staff.rights", "staff.free_discount"];
        let settings = self.settings(Section::Cashiers, given, &names);
        let cashiers = SharedCashiers {
            local,
            people,
            staff: settings.staff,
        };
        let mut cashiers = cashiers.without_key();
        let own = &self.own.settings.staff.rights;
        let rights = &mut cashiers.staff.rights;
        for (shared, own) in [
            (&mut rights.cashier, &own.cashier),
            (&mut rights.supervisor, &own.supervisor),
        ] {
            shared.extend(own.iter().filter(|right| **right == Right::Key));
        }
        Some(cashiers)
    }

    fn people(&mut self, rows: &[Value]) -> Vec<SharedPerson> {
        let mut people: Vec<SharedPerson> = Vec::new();
        for (place, row) in (1_u32..).zip(rows.iter().take(MAX_ROWS)) {
            let name = row.get("name").and_then(Value::as_str).map(str::trim);
            let known = name.and_then(|name| self.own.people.iter().find(|it| it.name == name));
            let told = || name.map_or_else(|| place.to_string(), str::to_owned);
            let person = match parsed::<SharedPerson>(row).map(SharedPerson::validate) {
                Some(Ok(person)) => Some(person),
                Some(Err(problem)) => {
                    self.refuse(Section::Cashiers, told(), problem);
                    known.cloned()
                }
                None => {
                    self.refuse(Section::Cashiers, told(), UNREADABLE);
                    known.cloned()
                }
            };
            let Some(person) = person else { continue };
            if people.iter().any(|it| it.name == person.name) {
                self.refuse(Section::Cashiers, person.name, TWICE);
            } else if people.len() >= SharedPerson::MOST {
                self.refuse(Section::Cashiers, person.name, "there are too many");
            } else {
                people.push(person);
            }
        }
        people
    }
}

/// A list of people is read as far as this.
const MAX_ROWS: usize = 200;

fn parsed<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

fn only(fields: &Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    let named = fields
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()));
    named
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

fn only_one(name: &str, value: Value) -> Map<String, Value> {
    match json!({ name: value }) {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
