//! Text that a careless reader of numbers would look at again and again.

/// Pieces to be repeated.
pub const HOSTILE: [&str; 18] = [
    "7",
    "+",
    "(",
    "+1",
    "12 ",
    "*1",
    "#",
    "1-",
    "call 142 ",
    "٣",
    "1\n",
    "00",
    "1/",
    "+355 69 482 0157 ",
    "+355 69 12, ",
    "030 23125 000 / ",
    "MCC 276, MNC 01; ",
    "0355694820157 ",
];
