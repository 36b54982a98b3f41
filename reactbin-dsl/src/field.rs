//! `( any Rust expression )`: what Rust values can stand in a field, by the field's type.
//!
//! The types here are never made; they name the field's type in a bound, so that rustc says of a
//! wrong expression what the field takes.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::marker::PhantomData;

use serde::Serialize;
use serde_yaml::{Mapping, Value};

/// A value that can stand in a field of type `F`.
pub trait FieldValue<F> {
    /// The value as YAML; null leaves the field out.
    fn into_value(self) -> Value;
}

/// A field of type `F`.
#[derive(Debug)]
pub struct Field<F>(PhantomData<F>);

/// A field of type `F`.
pub fn of<F>() -> Field<F> {
    Field(PhantomData)
}

impl<F> Field<F> {
    /// The value of an expression in the field. A method, so that the author's parentheses are its
    /// own, and rustc points at the expression where it is of the wrong type.
    pub fn value<V: FieldValue<F>>(self, value: V) -> Value {
        value.into_value()
    }
}

/// The content of a file in a field that takes bytes: base64, as the API has it.
pub fn bytes(content: &[u8]) -> String {
    let content = k8s_openapi::ByteString(content.to_vec());
    match typed(content) {
        Value::String(text) => text,
        _ => String::new(),
    }
}

/// A field that takes anything.
#[derive(Debug)]
pub enum Any {}
/// A field that takes a boolean.
#[derive(Debug)]
pub enum Boolean {}
/// A field that takes an integer of 32 bits.
#[derive(Debug)]
pub enum Int32 {}
/// A field that takes an integer of 64 bits.
#[derive(Debug)]
pub enum Int64 {}
/// A field that takes any number.
#[derive(Debug)]
pub enum Number {}
/// A field that takes text.
#[derive(Debug)]
pub enum Text {}
/// A field that takes a resource quantity.
#[derive(Debug)]
pub enum Quantity {}
/// A field that takes an integer or text.
#[derive(Debug)]
pub enum IntOrString {}
/// A field that takes an object of k8s-openapi's type `T`.
#[derive(Debug)]
pub struct Object<T>(PhantomData<T>);
/// A field that takes a list.
#[derive(Debug)]
pub struct List<F>(PhantomData<F>);
/// A field that takes a map from text.
#[derive(Debug)]
pub struct Map<F>(PhantomData<F>);

/// A trait for each type of field, so that each says in its own words what it takes. The field is
/// the trait's `Self`: were it the value, rustc would speak of [`FieldValue`] instead.
macro_rules! fields {
    ($($(#[$doc:meta])* $trait:ident, $field:ident, $message:literal, $label:literal, $note:literal {
        $($($value:ty),+ => $into:expr;)*
    })*) => {
        $(
            $(#[$doc])*
            #[diagnostic::on_unimplemented(
                message = $message,
                label = $label,
                note = $note
            )]
            pub trait $trait<V> {
                /// The value as YAML.
                fn of(value: V) -> Value;
            }

            impl<V> FieldValue<$field> for V
            where
                $field: $trait<V>,
            {
                fn into_value(self) -> Value {
                    <$field as $trait<V>>::of(self)
                }
            }

            $($(
                #[diagnostic::do_not_recommend]
                impl $trait<$value> for $field {
                    fn of(value: $value) -> Value {
                        let into: fn($value) -> Value = $into;
                        into(value)
                    }
                }
            )+)*
        )*
    };
}

fields! {
    /// A boolean in Rust.
    TakesBoolean, Boolean, "this field takes a boolean, not `{V}`", "expected `bool`",
    "the expression's value has to be a `bool`" {
        bool => Value::from;
        &bool => |value| Value::from(*value);
    }
    /// An integer of at most 32 bits in Rust.
    TakesInt32, Int32, "this field takes an integer of 32 bits, not `{V}`", "expected `i32`",
    "the expression's value has to be an `i32`, or a smaller integer" {
        i8, i16, i32, u8, u16 => |number| Value::from(i64::from(number));
    }
    /// An integer of at most 64 bits in Rust.
    TakesInt64, Int64, "this field takes an integer, not `{V}`", "expected `i64`",
    "the expression's value has to be an `i64`, or a smaller integer" {
        i8, i16, i32, i64, u8, u16, u32 => |number| Value::from(number);
    }
    /// A number in Rust.
    TakesNumber, Number, "this field takes a number, not `{V}`", "expected `f64`",
    "the expression's value has to be an `f64`, or an integer of 32 bits" {
        i8, i16, i32, u8, u16, u32, f32, f64 => |number| Value::from(number);
    }
    /// A text in Rust.
    TakesText, Text, "this field takes a string, not `{V}`", "expected `&str` or `String`",
    "the expression's value has to be a `&str` or a `String`" {
        &str, String, Cow<'_, str>, &String => |text| Value::from(text.to_string());
    }
    /// A resource quantity in Rust.
    TakesQuantity, Quantity, "this field takes a quantity, not `{V}`", "expected a quantity",
    "the expression's value has to be a text such as `10Gi`, an integer, or a `Quantity` of k8s-openapi" {
        &str, String, Cow<'_, str>, &String => |text| Value::from(text.to_string());
        i32, u32, i64 => |number| Value::from(number.to_string());
        k8s_openapi::apimachinery::pkg::api::resource::Quantity => |quantity| Value::from(quantity.0);
    }
    /// An integer or a text in Rust.
    TakesIntOrString, IntOrString, "this field takes an integer of 32 bits or a string, not `{V}`",
    "expected `i32`, `&str` or `String`",
    "the expression's value has to be an `i32`, a `&str`, a `String`, or an `IntOrString` of k8s-openapi" {
        &str, String, Cow<'_, str>, &String => |text| Value::from(text.to_string());
        i8, i16, i32, u8, u16 => |number| Value::from(i64::from(number));
        k8s_openapi::apimachinery::pkg::util::intstr::IntOrString => typed;
    }
}

/// A value of k8s-openapi's type `T` in Rust.
#[diagnostic::on_unimplemented(
    message = "this field takes a `{T}`, not `{V}`",
    label = "expected `{T}`",
    note = "write the fields in `{{ }}`, or give a `{T}` of k8s-openapi"
)]
pub trait TakesObject<T, V> {
    /// The value as YAML.
    fn of(value: V) -> Value;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> TakesObject<T, T> for Object<T> {
    fn of(value: T) -> Value {
        typed(value)
    }
}

impl<T, V> FieldValue<Object<T>> for V
where
    Object<T>: TakesObject<T, V>,
{
    fn into_value(self) -> Value {
        <Object<T> as TakesObject<T, V>>::of(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> FieldValue<Any> for T {
    fn into_value(self) -> Value {
        typed(self)
    }
}

/// `None` leaves the field out.
impl<F: Known, V: FieldValue<F>> FieldValue<F> for Option<V> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, V::into_value)
    }
}

impl<F, V: FieldValue<F>> FieldValue<List<F>> for Vec<V> {
    fn into_value(self) -> Value {
        self.into_iter().map(V::into_value).collect()
    }
}

impl<F, V: FieldValue<F>, const N: usize> FieldValue<List<F>> for [V; N] {
    fn into_value(self) -> Value {
        self.into_iter().map(V::into_value).collect()
    }
}

impl<F, V: FieldValue<F>> FieldValue<Map<F>> for BTreeMap<String, V> {
    fn into_value(self) -> Value {
        map(self)
    }
}

/// A map's order is arbitrary, so its keys are sorted.
impl<F, V: FieldValue<F>, S> FieldValue<Map<F>> for HashMap<String, V, S> {
    fn into_value(self) -> Value {
        map(self.into_iter().collect::<BTreeMap<_, _>>())
    }
}

impl<F, K: Into<String>, V: FieldValue<F>, const N: usize> FieldValue<Map<F>> for [(K, V); N] {
    fn into_value(self) -> Value {
        map(self)
    }
}

fn map<F, K: Into<String>, V: FieldValue<F>>(entries: impl IntoIterator<Item = (K, V)>) -> Value {
    let entries =
        entries.into_iter().map(|(key, value)| (Value::from(key.into()), value.into_value()));
    Value::Mapping(entries.collect::<Mapping>())
}

/// Serialising a k8s-openapi value can't fail; what does is refused later as a missing value.
fn typed<T: Serialize>(value: T) -> Value {
    serde_yaml::to_value(value).unwrap_or(Value::Null)
}

/// Fields that can be left out by `None`; all but those that take any value, which would make two
/// ways to read an `Option`.
pub trait Known {}
impl Known for Boolean {}
impl Known for Int32 {}
impl Known for Int64 {}
impl Known for Number {}
impl Known for Text {}
impl Known for Quantity {}
impl Known for IntOrString {}
impl<F> Known for List<F> {}
impl<F> Known for Map<F> {}
