//! A part of the table that stays as it is written until somebody asks for it: most runs meet a country or two.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::OnceLock;

use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{pack, unpack};

/// A value, or the bytes it is decoded from when it is first looked at.
pub struct Packed<T> {
    bytes: Cow<'static, [u8]>,
    value: OnceLock<T>,
}

impl<T> From<T> for Packed<T> {
    fn from(value: T) -> Packed<T> {
        Packed { bytes: Cow::default(), value: value.into() }
    }
}

impl<T: Default> Default for Packed<T> {
    fn default() -> Packed<T> {
        T::default().into()
    }
}

impl<T: DeserializeOwned> Deref for Packed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        // The build has written the bytes with the same code.
        self.value.get_or_init(|| unpack(&self.bytes).unwrap_or_else(|error| panic!("embedded knowledge: {error}")))
    }
}

impl<T: DeserializeOwned + Clone> Packed<T> {
    /// The value, to be changed.
    pub fn to_mut(&mut self) -> &mut T {
        if self.value.get().is_none() {
            *self = Packed::from(T::clone(self));
        }
        self.value.get_mut().expect("it has been decoded")
    }
}

impl<T: Clone> Clone for Packed<T> {
    fn clone(&self) -> Packed<T> {
        Packed { bytes: self.bytes.clone(), value: self.value.clone() }
    }
}

impl<T: Serialize + DeserializeOwned> Serialize for Packed<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&pack(&**self).map_err(serde::ser::Error::custom)?)
    }
}

/// From a table that lies in the program for good, so that nothing of it is copied.
impl<'de: 'static, T> Deserialize<'de> for Packed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed<T>, D::Error> {
        Ok(Packed { bytes: deserializer.deserialize_bytes(Bytes)?, value: OnceLock::new() })
    }
}

impl<T: fmt::Debug + DeserializeOwned> fmt::Debug for Packed<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

struct Bytes;

impl<'de: 'static> Visitor<'de> for Bytes {
    type Value = Cow<'static, [u8]>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Cow<'static, [u8]>, E> {
        Ok(Cow::Borrowed(bytes))
    }
}
