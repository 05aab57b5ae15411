//! Check digits of what is printed on devices and cards.

/// The digit that Luhn's formula puts after `digits` (ISO/IEC 7812-1).
pub(super) fn luhn(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0');
            match at % 2 {
                0 if digit > 4 => digit * 2 - 9,
                0 => digit * 2,
                _ => digit,
            }
        })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}

/// The remainder of a long number by 97 (ISO/IEC 7064).
pub(super) fn mod_97(digits: &str) -> u32 {
    digits.bytes().fold(0, |rest, byte| (rest * 10 + u32::from(byte - b'0')) % 97)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        // The IMEI of 3GPP TS 23.003's own kind of example, and the EID of GSMA SGP.02's.
        assert_eq!(luhn("49015420323751"), '8');
        assert_eq!(mod_97("89001012012341234012345678901224"), 1);
    }
}
