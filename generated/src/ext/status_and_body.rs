//! Responses in version 1 of the federation API, which have the status of the HTTP response in the body.

use serde_json::Value;

use crate::__private::{Cursor, FromToJson, JsonRef, ListElements, ParseError};

/// A response in version 1 of the federation API: an array of the HTTP status and the body.
///
/// Servers use version 1 if the other server does not support version 2. The responses of three requests have this form:
///
/// | request | type of the response |
/// |---|---|
/// | [`PUT /v1/send_join`](https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv1send_joinroomideventid) | `StatusAndBody<SendJoinResponse>` |
/// | [`PUT /v1/send_leave`](https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv1send_leaveroomideventid) | `StatusAndBody<JsonObject>` |
/// | [`PUT /v1/invite`](https://spec.matrix.org/v1.19/server-server-api/#put_matrixfederationv1inviteroomideventid) | `StatusAndBody<InviteResponse>` |
///
/// ```
/// use matrix_events::federation::{InviteResponse, SendJoinResponse};
/// use matrix_events::{Events, JsonObject, StatusAndBody};
///
/// let text = r#"[200,{"auth_chain":[],"state":[{"type":"m.room.create","state_key":"","content":{}},null]}]"#;
/// let response: StatusAndBody<SendJoinResponse> = matrix_events::from_str(text)?;
/// assert_eq!(response.status, 200);
/// assert_eq!(response.body.state.as_ref().map(Events::len), Some(2));
/// assert_eq!(matrix_events::to_string(&response), text);
///
/// assert_eq!(matrix_events::to_string(&StatusAndBody::new(JsonObject::new())), "[200,{}]");
/// let error = matrix_events::from_str::<StatusAndBody<InviteResponse>>(r#"{"event": {}}"#).unwrap_err();
/// assert_eq!(error.to_string(), "expected an array, found an object (line 1, column 1)");
/// # Ok::<(), matrix_events::Error>(())
/// ```
///
/// # Errors
///
/// Deserialization returns an error for an array without exactly two elements, for a status that is not an integer, and for an
/// invalid body.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct StatusAndBody<T> {
    /// The status of the HTTP response, which is 200.
    pub status: i64,
    /// The body. It has the type of the response in version 2.
    pub body: T,
}

impl<T> StatusAndBody<T> {
    /// Creates a response with the status 200.
    pub fn new(body: T) -> Self {
        Self { status: 200, body }
    }
}

impl<T: FromToJson> FromToJson for StatusAndBody<T> {
    fn placeholder() -> Self {
        Self::new(T::placeholder())
    }

    fn parse_into(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        let mut elements = json.list()?;
        self.status = match json.next_element(&mut elements)? {
            true => json.integer()?,
            false => return Err(json.expected("the status of the response")),
        };
        match json.next_element(&mut elements)? {
            true => json.parse_all_of(&mut self.body)?,
            false => return Err(json.expected("the body of the response")),
        }
        match json.next_element(&mut elements)? {
            true => Err(json.expected("the end of the array")),
            false => Ok(None),
        }
    }

    fn json_ref(&self) -> JsonRef<'_> {
        JsonRef::List(self)
    }
}

impl<T: FromToJson> ListElements for StatusAndBody<T> {
    fn count(&self) -> usize {
        2
    }

    fn element(&self, index: usize) -> JsonRef<'_> {
        match index {
            0 => JsonRef::Integer(self.status),
            1 => self.body.json_ref(),
            _ => JsonRef::Absent,
        }
    }

    fn is_original(&self, _: &Value) -> bool {
        false
    }

    fn parse_element(&mut self, json: &mut Cursor<'_>) -> Result<Option<Value>, ParseError> {
        Err(json.expected("a status and a body"))
    }
}

crate::__private::json!([T: FromToJson] StatusAndBody<T>);
