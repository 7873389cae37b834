//! Reads settings field by field, from a form or from the file: a wrong value costs its own field and no other, and
//! every wrong field is named at once.

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::{PrinterPort, Settings};
use crate::error::FieldError;

/// The parts of the settings that are objects of fields.
pub(super) const GROUPS: [&str; 12] = [
    "shop",
    "drawer",
    "printing",
    "staff",
    "kiosk",
    "tips",
    "discounts",
    "scanner",
    "large_amount",
    "looks",
    "cash_rounding",
    "updates",
];

/// Every field by its path. One that another depends on comes first: the rates before the default rate, the amounts
/// of a self-service till before self-service, the key of the version notice before its address.
pub(super) const FIELDS: [&str; 60] = [
    "till_code",
    "currency",
    "lifetime_minutes",
    "language",
    "customer_language",
    "customer_languages",
    "entry_style",
    "description",
    "webhook",
    "redirect_url",
    "backup_folder",
    "zone",
    "calls_per_minute",
    "shop.name",
    "shop.address",
    "shop.tax_id",
    "shop.footer",
    "tax_rates",
    "default_tax",
    "tenders",
    "cash_rounding.EUR",
    "cash_rounding.USD",
    "cash_rounding.RUB",
    "accounts",
    "drawer.on",
    "drawer.blind_count",
    "printing.printer",
    "printing.paper",
    "printing.letters",
    "printing.auto_print",
    "printing.drawer",
    "cashiers",
    "staff.rights",
    "staff.free_discount",
    "customer_display",
    "kiosk.at_start",
    "kiosk.autostart",
    "kiosk.return_after_s",
    "kiosk.offers",
    "kiosk.self_service",
    "kiosk.card",
    "tips.ask",
    "tips.percents",
    "tips.round_up",
    "discounts.offered",
    "discounts.percents",
    "hold_carts",
    "receipt_qr",
    "scanner.learnt",
    "scanner.scale_codes",
    "large_amount.times",
    "large_amount.at_least_minor",
    "looks.theme",
    "looks.scale_percent",
    "looks.sounds",
    "looks.volume_percent",
    "looks.paid_returns_after_s",
    "looks.screen_keyboard",
    "updates.key",
    "updates.address",
];

/// The parts of a printer's address that a form has fields for.
const PRINTER_FIELDS: [&str; 7] = [
    "printing.printer.host",
    "printing.printer.port",
    "printing.printer.vendor",
    "printing.printer.product",
    "printing.printer.path",
    "printing.printer.name",
    "printing.printer.baud",
];

/// A list that is read row by row has this many rows at most; no list may have as many.
const MAX_ROWS: usize = 100;

const UNFIT: &str = "is not a value of this field";

/// Settings as a form sends them: any value may stand in a field, also text where a number belongs.
#[derive(Debug, Clone, Deserialize, ts_rs::TS)]
#[serde(transparent)]
#[ts(
    export,
    type = "{ [Field in keyof import(\"./Settings\").Settings]: unknown }"
)]
pub struct SettingsDraft(Map<String, Value>);

impl SettingsDraft {
    /// The settings in their normal form. A field that is missing has its default.
    ///
    /// # Errors
    /// Every wrong field, by its path in the settings' JSON.
    pub fn validate(&self) -> Result<Settings, Vec<FieldError>> {
        let (settings, wrong) = read(&self.0, &Settings::default());
        if wrong.is_empty() {
            Ok(settings)
        } else {
            Err(wrong)
        }
    }
}

/// The settings in their normal form, and every wrong field. A wrong field has the value of `fallback`; a list keeps
/// its valid rows.
pub(crate) fn read(
    fields: &Map<String, Value>,
    fallback: &Settings,
) -> (Settings, Vec<FieldError>) {
    let mut reader = Reader {
        accepted: fallback.clone(),
        wrong: Vec::new(),
    };
    for group in GROUPS {
        if fields.get(group).is_some_and(|value| !value.is_object()) {
            reader.refuse(group, UNFIT);
        }
    }
    for path in FIELDS {
        if let Some(value) = find(fields, path) {
            reader.read_field(path, value);
        }
    }
    let Reader {
        mut accepted,
        mut wrong,
    } = reader;
    accepted.normalise();
    for error in accepted.wrong_fields() {
        if !wrong.iter().any(|known| known.field == error.field) {
            wrong.push(error);
        }
    }
    (accepted, wrong)
}

pub(super) fn find<'a>(fields: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    match path.split_once('.') {
        Some((group, field)) => fields.get(group)?.get(field),
        None => fields.get(path),
    }
}

struct Reader {
    /// The fields that were read; the others as in the fallback.
    accepted: Settings,
    wrong: Vec<FieldError>,
}

impl Reader {
    fn read_field(&mut self, path: &'static str, value: &Value) {
        let Err(error) = self.accept(path, value) else {
            return;
        };
        match value {
            Value::Array(rows) => {
                self.refuse(path, error.problem);
                self.accept_valid_rows(path, rows);
            }
            Value::Object(port) if path == "printing.printer" => self.refuse_printer(port, error),
            _ => self.refuse(error.field, error.problem),
        }
    }

    /// Puts a value into its field, if the field can have it.
    fn accept(&mut self, path: &'static str, value: &Value) -> Result<(), FieldError> {
        let mut settings = with(&self.accepted, path, value).ok_or(FieldError {
            field: path,
            problem: UNFIT,
        })?;
        settings.normalise();
        let belongs = |error: &FieldError| {
            let rest = error.field.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        if let Some(error) = settings.wrong_fields().into_iter().find(belongs) {
            return Err(error);
        }
        self.accepted = settings;
        Ok(())
    }

    fn accept_valid_rows(&mut self, path: &'static str, rows: &[Value]) {
        let mut valid = Vec::new();
        for row in rows.iter().take(MAX_ROWS) {
            valid.push(row.clone());
            if self.accept(path, &Value::Array(valid.clone())).is_err() {
                valid.pop();
            }
        }
    }

    /// Names each part of a printer's address that is wrong, or the whole address when its kind is unknown.
    fn refuse_printer(&mut self, port: &Map<String, Value>, error: FieldError) {
        let kind = port.get("kind").and_then(Value::as_str);
        let example = kind.and_then(PrinterPort::valid_example);
        let Some(Ok(Value::Object(example))) = example.map(serde_json::to_value) else {
            self.refuse(error.field, error.problem);
            return;
        };
        for field in PRINTER_FIELDS {
            let name = field.rsplit('.').next().unwrap_or_default();
            if !example.contains_key(name) {
                continue;
            }
            let mut tried = example.clone();
            tried.insert(name.to_owned(), port.get(name).cloned().unwrap_or_default());
            let before = self.accepted.clone();
            if let Err(error) = self.accept("printing.printer", &Value::Object(tried)) {
                self.refuse(field, error.problem);
            }
            self.accepted = before;
        }
    }

    fn refuse(&mut self, field: &'static str, problem: &'static str) {
        self.wrong.push(FieldError { field, problem });
    }
}

/// The settings with another value in one field; `None` when the field cannot hold it.
fn with(settings: &Settings, path: &str, value: &Value) -> Option<Settings> {
    let mut json = serde_json::to_value(settings).ok()?;
    let field = match path.split_once('.') {
        Some((group, field)) => json.get_mut(group)?.get_mut(field)?,
        None => json.get_mut(path)?,
    };
    field.clone_from(value);
    serde_json::from_value(json).ok()
}

/// JSON in which a name that stands twice in an object has a value that no field accepts, because nobody knows which
/// of the two is meant.
pub(super) struct UnambiguousJson(pub(super) Value);

/// No field of the settings, and no row of a list, accepts it.
fn ambiguous() -> Value {
    Value::Array(vec![Value::Array(vec![Value::Array(Vec::new())])])
}

/// JSON as it is read; objects come first, because any JSON is a [`Value`].
#[derive(Deserialize)]
#[serde(untagged)]
enum ReadJson {
    Object(Fields),
    List(Vec<UnambiguousJson>),
    Other(Value),
}

struct Fields(Map<String, Value>);

impl<'de> Deserialize<'de> for UnambiguousJson {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match ReadJson::deserialize(deserializer)? {
            ReadJson::Object(Fields(fields)) => Value::Object(fields),
            ReadJson::List(rows) => rows.into_iter().map(|Self(row)| row).collect(),
            ReadJson::Other(value) => value,
        }))
    }
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Fields, A::Error> {
        let mut object = Map::new();
        while let Some((name, UnambiguousJson(value))) = fields.next_entry::<String, _>()? {
            let twice = object.contains_key(&name);
            object.insert(name, if twice { ambiguous() } else { value });
        }
        Ok(Fields(object))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::money::Currency;

    fn draft(settings: Value) -> Result<Settings, Vec<(&'static str, &'static str)>> {
        let draft: SettingsDraft = serde_json::from_value(settings).expect("an object");
        let named =
            |errors: Vec<FieldError>| errors.iter().map(|it| (it.field, it.problem)).collect();
        draft.validate().map_err(named)
    }

    fn wrong_fields(settings: Value) -> Vec<&'static str> {
        let wrong = draft(settings).err().unwrap_or_default();
        wrong.into_iter().map(|(field, _)| field).collect()
    }

    #[test]
    fn every_field_of_the_settings_is_read() {
        let Ok(Value::Object(settings)) = serde_json::to_value(Settings::default()) else {
            panic!("settings are an object");
        };
        let mut paths = Vec::new();
        for (name, value) in settings {
            match value {
                Value::Object(group) if GROUPS.contains(&name.as_str()) => {
                    paths.extend(group.keys().map(|field| format!("{name}.{field}")));
                }
                _ => paths.push(name),
            }
        }
        paths.sort();
        let mut read = FIELDS.to_vec();
        read.sort_unstable();
        assert_eq!(paths, read);
    }

    #[test]
    fn text_where_a_number_belongs_is_refused_with_the_field() {
        assert_eq!(
            wrong_fields(json!({
                "lifetime_minutes": "fifteen",
                "calls_per_minute": 30.5,
                "tax_rates": [{ "name": "VAT", "rate": "x" }],
                "tips": { "percents": [500, "x"] },
                "kiosk": { "return_after_s": "" },
                "looks": { "paid_returns_after_s": "soon" },
                "printing": { "printer": { "kind": "network", "host": "", "port": "9100x" } },
            })),
            [
                "lifetime_minutes",
                "calls_per_minute",
                "tax_rates",
                "printing.printer.host",
                "printing.printer.port",
                "kiosk.return_after_s",
                "tips.percents",
                "looks.paid_returns_after_s",
            ]
        );
        for (printer, fields) in [
            (
                json!({ "kind": "usb", "vendor": "xyz", "product": 1 }),
                vec!["printing.printer.vendor"],
            ),
            (
                json!({ "kind": "usb", "vendor": 1, "product": 0 }),
                vec!["printing.printer.product"],
            ),
            (
                json!({ "kind": "serial", "path": "", "baud": "fast" }),
                vec!["printing.printer.path", "printing.printer.baud"],
            ),
            (
                json!({ "kind": "network", "host": "printer", "port": 65_536 }),
                vec!["printing.printer.port"],
            ),
            (
                json!({ "kind": "carrier pigeon" }),
                vec!["printing.printer"],
            ),
        ] {
            assert_eq!(
                wrong_fields(json!({ "printing": { "printer": printer } })),
                fields
            );
        }
    }

    #[test]
    fn a_form_is_refused_by_all_its_fields_or_taken_whole() {
        let saved =
            draft(json!({ "currency": "RUB", "cashiers": [" Anna "], "shop": { "name": "" } }));
        let saved = saved.expect("valid");
        assert_eq!(
            (saved.currency, saved.cashiers),
            (Currency::Rub, vec!["Anna".to_owned()])
        );
        assert_eq!(saved.shop.name, None);
        assert_eq!(
            draft(json!({ "lifetime_minutes": 2, "cashiers": ["Anna", "Anna"] })),
            Err(vec![
                ("lifetime_minutes", "must be 3 to 1440 minutes"),
                ("cashiers", "each must stand there once"),
            ])
        );
        assert_eq!(
            wrong_fields(json!({ "kiosk": { "self_service": true, "offers": [] } })),
            ["kiosk.offers"]
        );
        assert_eq!(
            wrong_fields(json!({ "default_tax": 1900 })),
            ["default_tax"]
        );
    }
}
