//! The shapes of the API's JSON, for its description: derived from the types that are answered with, and of an event from
//! the columns of exports, which its JSON is made of.

use std::borrow::Cow;

use serde_json::Value;
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{
        RefOr, Required,
        path::{Parameter, ParameterBuilder, ParameterIn},
        schema::{
            AdditionalProperties, AnyOfBuilder, ArrayBuilder, KnownFormat, ObjectBuilder, Schema,
            SchemaFormat, SchemaType, Type,
        },
    },
};

use crate::{
    domain::{
        filter::TimelineFilter, kind::Kind, limits::limits, modality::Modality, status::Status,
    },
    export::{
        columns::{Column, Sort},
        read,
    },
};

/// An event as it is given out.
pub struct EventOut;

/// An event as it is taken.
pub struct EventIn;

/// The filters of the timeline.
pub struct Filters;

/// A failure (RFC 9457).
#[derive(ToSchema)]
#[expect(
    dead_code,
    reason = "written by the error module as a value; described here"
)]
pub struct Problem {
    /// Always about:blank: the status says what sort of failure it is.
    #[schema(rename = "type")]
    kind: String,
    /// What failed, in a few words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What failed, in sentences.
    detail: String,
    /// Every fault by itself: the parameter or field, a colon, what it takes and what was found.
    errors: Vec<String>,
    /// The path that was asked for.
    instance: String,
    /// Names the request in the server's log.
    reference: String,
    /// Where somebody saved first: the event as it stands.
    #[schema(value_type = Option<EventOut>, required = false, nullable = false)]
    event: Option<EventOut>,
}

const TEXT: SchemaType = SchemaType::Type(Type::String);

fn types(types: impl IntoIterator<Item = Type>) -> SchemaType {
    SchemaType::from_iter(types)
}

fn words<'a>(values: impl IntoIterator<Item = &'a str>) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(TEXT)
        .enum_values(Some(values.into_iter().map(Value::from)))
}

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(TEXT)
}

fn nullable_text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(types([Type::String, Type::Null]))
}

fn day() -> ObjectBuilder {
    nullable_text().format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
}

fn list(of: ObjectBuilder, meaning: &str) -> Schema {
    ArrayBuilder::new()
        .items(of)
        .description(Some(meaning))
        .into()
}

fn party() -> ObjectBuilder {
    ObjectBuilder::new()
        .property("code", text())
        .property("name", text())
}

/// The schema of a column as it is given out.
fn given(column: Column) -> Schema {
    let meaning = column.meaning();
    let object: ObjectBuilder = match column {
        Column::Actors | Column::Targets => {
            return list(party().required("code").required("name"), meaning);
        }
        Column::Kind => words(Kind::ALL.map(Kind::slug)),
        Column::Modality => words(Modality::ALL.map(Modality::slug)),
        Column::Status => {
            words([Status::Published, Status::Disputed, Status::Retracted].map(Status::slug))
        }
        Column::FollowThrough
        | Column::FollowThroughEvent
        | Column::Plover
        | Column::EffectiveDate => nullable_text(),
        Column::Date => text(),
        Column::CreatedAt | Column::UpdatedAt => {
            text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        }
        Column::Confidence => ObjectBuilder::new()
            .schema_type(types([Type::Number, Type::Null]))
            .minimum(Some(0.0))
            .maximum(Some(1.0)),
        _ => match column.sort() {
            Sort::Text => text(),
            Sort::Date => day(),
            Sort::Number => ObjectBuilder::new().schema_type(Type::Integer),
            Sort::List => return list(text(), meaning),
            Sort::Days => return list(day(), meaning),
        },
    };
    object.description(Some(meaning)).into()
}

/// The schema of a field as it is taken: what is given out can be sent back, and a cell of the CSV will do for a list.
fn taken(name: &'static str) -> Schema {
    let column = Column::named(name);
    let meaning = column.map_or(
        "A field of the event form: one source, as it is written by hand.",
        Column::meaning,
    );
    let is_list = column.is_some_and(|column| matches!(column.sort(), Sort::List | Sort::Days));
    let cell = ObjectBuilder::new()
        .schema_type(types([Type::String, Type::Number, Type::Null]))
        .description(Some(meaning));
    if !is_list {
        return cell.into();
    }
    let by_key = |key: &str| -> Schema { party().required(key).into() };
    let element = AnyOfBuilder::new()
        .item(ObjectBuilder::new().schema_type(types([Type::String, Type::Number, Type::Null])))
        .item(by_key("code"))
        .item(by_key("name"));
    AnyOfBuilder::new()
        .item(cell)
        .item(ArrayBuilder::new().items(element))
        .description(Some(meaning))
        .into()
}

impl PartialSchema for EventOut {
    fn schema() -> RefOr<Schema> {
        let mut object =
            ObjectBuilder::new()
                .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)));
        for column in Column::ALL {
            object = object
                .property(column.name(), given(*column))
                .required(column.name());
        }
        object.into()
    }
}

impl ToSchema for EventOut {
    fn name() -> Cow<'static, str> {
        "Event".into()
    }
}

impl PartialSchema for EventIn {
    fn schema() -> RefOr<Schema> {
        let mut object =
            ObjectBuilder::new()
                .additional_properties(Some(AdditionalProperties::<Schema>::FreeForm(false)));
        for name in read::fields() {
            let schema = match name {
                "kind" => words(Kind::ALL.map(Kind::slug)).into(),
                "date" | "headline" => Schema::from(
                    text()
                        .min_length(Some(1))
                        .examples([if name == "date" {
                            "2024-09-10"
                        } else {
                            "Measures on a carrier"
                        }])
                        .description(Column::named(name).map(Column::meaning)),
                ),
                _ => taken(name),
            };
            object = object.property(name, schema);
        }
        object
            .property(
                "reason",
                nullable_text().description(Some("Why the record is changed.")),
            )
            .required("kind")
            .required("date")
            .required("headline")
            .into()
    }
}

impl ToSchema for EventIn {
    fn name() -> Cow<'static, str> {
        "EventIn".into()
    }
}

impl IntoParams for Filters {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        TimelineFilter::PARAMETERS
            .into_iter()
            .map(|name| {
                ParameterBuilder::new()
                    .name(name)
                    .parameter_in(ParameterIn::Query)
                    .required(Required::False)
                    .description(Some(filter_meaning(name)))
                    .schema(Some(filter_schema(name)))
                    .build()
            })
            .collect()
    }
}

/// What a filter takes.
pub fn filter_meaning(name: &str) -> &'static str {
    match name {
        "kind" => "A kind of event; repeatable, meaning any of them.",
        "actor" => "Who acts, by code or name.",
        "target" => "Whom it is directed at or is about, by code or name.",
        "party" => "Who stands on either side, by code or name; repeatable.",
        "modality" => "How it is told: occurred, announced or alleged.",
        "source" => "A publisher, by name.",
        "from" => {
            "The first day: YYYY, YYYY-MM or YYYY-MM-DD; an event matches where its possible days overlap."
        }
        "to" => "The last day, in the same form.",
        "q" => "Words of the event; “…”, -word and prefix* work. At most 1,000 characters.",
        "as_of" => "An RFC 3339 instant: the timeline as it was published then.",
        "changed_since" => {
            "A day or an RFC 3339 instant: only events recorded or changed then or later."
        }
        "sort" => "newest or oldest first.",
        "after" => "The cursor next of a page: what comes after it.",
        "before" => "The cursor prev of a page: what comes before it.",
        "per" => "Events on a page, 1 to 200.",
        _ => "",
    }
}

/// A parameter that may be empty, which is as if it were absent.
fn or_empty(object: ObjectBuilder) -> Schema {
    AnyOfBuilder::new().item(object).item(words([""])).into()
}

fn filter_schema(name: &str) -> Schema {
    let list = |of: ObjectBuilder| -> Schema { ArrayBuilder::new().items(of).into() };
    match name {
        "kind" => list(words(Kind::ALL.map(Kind::slug).into_iter().chain([""]))),
        "modality" => list(words(
            Modality::ALL.map(Modality::slug).into_iter().chain([""]),
        )),
        "actor" | "target" | "party" | "source" => list(text()),
        "from" | "to" => text()
            .pattern(Some(
                r"^((?!0000)[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?)?$",
            ))
            .into(),
        "q" => text().max_length(Some(limits().query)).into(),
        "as_of" => or_empty(text().format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))),
        "sort" => words(["newest", "oldest", ""]).into(),
        "per" => or_empty(
            ObjectBuilder::new()
                .schema_type(Type::Integer)
                .minimum(Some(1))
                .maximum(Some(limits().per)),
        ),
        "after" | "before" => text().pattern(Some("^([0-9a-f]+-[0-9a-f]+)?$")).into(),
        _ => text().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::{columns::tests as events, jsonl::event_value, tests::context};

    /// Whether a value has one of the types of its schema.
    fn fits(value: &Value, schema: &Value) -> bool {
        let named = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_i64() => "integer",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(values) => {
                return schema["type"] == "array"
                    && values.iter().all(|value| fits(value, &schema["items"]));
            }
            Value::Object(_) => "object",
        };
        let one_of = |wanted: &Value| wanted == named || (named == "integer" && wanted == "number");
        let of_type = match &schema["type"] {
            Value::Array(types) => types.iter().any(one_of),
            one => one_of(one),
        };
        let of_words = schema["enum"]
            .as_array()
            .is_none_or(|words| words.contains(value));
        of_type && of_words
    }

    #[test]
    fn every_key_of_an_event_fits_its_schema() {
        let schema = serde_json::to_value(EventOut::schema()).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(schema["additionalProperties"], false);
        for event in [events::full_event(), events::bare_event()] {
            let value = event_value(&event, &context()).unwrap();
            for (key, value) in value.as_object().unwrap() {
                assert!(
                    fits(value, &properties[key]),
                    "{key}: {value} is no {}",
                    properties[key]
                );
            }
            assert_eq!(value.as_object().unwrap().len(), properties.len());
        }
    }

    #[test]
    fn every_filter_is_described_in_its_own_words() {
        for name in TimelineFilter::PARAMETERS {
            assert_ne!(filter_meaning(name), "", "{name}");
        }
    }
}
