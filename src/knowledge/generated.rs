use super::embedded;

/// Tables of the whole world, made from registry packages by `tools/generate_knowledge.py`.
///
/// They stay text: sorted lines, searched where they lie, nothing decoded at start.
#[derive(Clone, Copy, Debug)]
pub struct Generated {
    prefixes: &'static str,
    short_numbers: &'static str,
    regions: &'static str,
    examples: &'static str,
    networks: &'static str,
    country_names: &'static str,
}

/// What is known of every region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegionFacts {
    /// ISO 3166-1 alpha-2.
    pub region: &'static str,
    /// Digits.
    pub calling_code: &'static str,
    /// Mobile country codes.
    pub mcc: Vec<&'static str>,
    /// ISO 4217; empty where unknown.
    pub currency: &'static str,
    /// What is dialled before a national number; may be empty.
    pub trunk_prefix: &'static str,
    /// What is dialled before a country calling code.
    pub international_prefix: &'static str,
    /// Whether mobile numbers move between carriers.
    pub portable: bool,
}

/// Who a range was issued to first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrefixHolder {
    /// Leading digits, calling code included.
    pub prefix: &'static str,
    /// The name, as the data set has it.
    pub name: &'static str,
}

/// A row of the network code table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// MCC and MNC in one string.
    pub plmn: &'static str,
    /// ISO 3166-1 alpha-2.
    pub region: &'static str,
    /// `operational`, `not-operational` …
    pub status: &'static str,
    /// Brands, separated by ` / `.
    pub brands: &'static str,
    /// The company.
    pub operator: &'static str,
}

impl Generated {
    /// The tables as they are compiled in.
    pub fn embedded() -> Generated {
        Generated {
            prefixes: embedded::CARRIER_PREFIXES,
            short_numbers: embedded::SHORT_NUMBERS,
            regions: embedded::REGIONS,
            examples: embedded::NUMBER_EXAMPLES,
            networks: embedded::NETWORKS,
            country_names: embedded::COUNTRY_NAMES,
        }
    }

    /// What is known of a region.
    pub fn region(&self, code: &str) -> Option<RegionFacts> {
        let row = rows_of(self.regions, code).next()?;
        region_facts(row)
    }

    /// Every region.
    pub fn regions(&self) -> impl Iterator<Item = RegionFacts> {
        rows(self.regions).filter_map(region_facts)
    }

    /// The holder of the longest range that begins the E.164 digits.
    pub fn prefix_holder(&self, digits: &str) -> Option<PrefixHolder> {
        (2..=digits.len().min(11)).rev().find_map(|length| {
            let prefix = digits.get(..length)?;
            let row = rows_of(self.prefixes, prefix).next()?;
            let (prefix, name) = row.split_once('\t')?;
            Some(PrefixHolder { prefix, name })
        })
    }

    /// Whether a region's numbering plan knows `digits` as a short number of `kind` (`short`, `emergency`,
    /// `toll-free`, `premium` …).
    pub fn is_short_number(&self, region: &str, kind: &str, digits: &str) -> bool {
        let row = rows_of(self.short_numbers, region).find(|row| row.split('\t').nth(1) == Some(kind));
        row.and_then(|row| row.split('\t').nth(2)).is_some_and(|ranges| holds(ranges, digits))
    }

    /// Whether the E.164 digits are an example number of libphonenumber.
    pub fn is_example(&self, digits: &str) -> bool {
        rows_of(self.examples, digits).next().is_some()
    }

    /// The rows of a network code.
    pub fn network(&self, plmn: &str) -> impl Iterator<Item = Network> {
        rows_of(self.networks, plmn).filter_map(network)
    }

    /// Every network.
    pub fn networks(&self) -> impl Iterator<Item = Network> {
        rows(self.networks).filter_map(network)
    }

    /// Region, language (BCP 47) and name.
    pub fn country_names(&self) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
        rows(self.country_names).filter_map(|row| {
            let mut cells = row.split('\t');
            Some((cells.next()?, cells.next()?, cells.next()?))
        })
    }

    /// What a region is called in a language.
    pub fn country_name(&self, region: &str, language: &str) -> Option<&'static str> {
        rows_of(self.country_names, region).find_map(|row| {
            let mut cells = row.split('\t').skip(1);
            (cells.next()? == language).then(|| cells.next())?
        })
    }
}

fn region_facts(row: &'static str) -> Option<RegionFacts> {
    let mut cells = row.split('\t');
    Some(RegionFacts {
        region: cells.next()?,
        calling_code: cells.next()?,
        mcc: cells.next()?.split(',').filter(|mcc| !mcc.is_empty()).collect(),
        currency: cells.next()?,
        trunk_prefix: cells.next()?,
        international_prefix: cells.next()?,
        portable: cells.next()? == "1",
    })
}

fn network(row: &'static str) -> Option<Network> {
    let mut cells = row.split('\t');
    Some(Network {
        plmn: cells.next()?,
        region: cells.next()?,
        status: cells.next()?,
        brands: cells.next()?,
        operator: cells.next()?,
    })
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// The rows whose first cell is `key`; the table is sorted by bytes, so they lie together.
fn rows_of<'k>(table: &'static str, key: &'k str) -> impl Iterator<Item = &'static str> + use<'k> {
    let start = first_row_at_or_after(table, key);
    table[start..].lines().take_while(move |row| row.split('\t').next() == Some(key))
}

fn first_row_at_or_after(table: &str, key: &str) -> usize {
    let line_start = |at: usize| table[..at].rfind('\n').map_or(0, |it| it + 1);
    let (mut low, mut high) = (table.find('\n').map_or(0, |it| it + 1), table.len());
    while low < high {
        let mut middle = low + (high - low) / 2;
        while !table.is_char_boundary(middle) {
            middle -= 1;
        }
        let start = line_start(middle).max(low);
        let end = table[start..].find('\n').map_or(table.len(), |it| start + it + 1);
        let cell = table[start..end].split(['\t', '\n']).next().unwrap_or("");
        match cell < key {
            true => low = end,
            false => high = start,
        }
    }
    low
}

/// Whether `3:112,127-129;5:50000-59999` holds `digits`.
fn holds(ranges: &str, digits: &str) -> bool {
    ranges.split(';').filter_map(|part| part.split_once(':')).any(|(length, list)| {
        length.parse() == Ok(digits.len())
            && list.split(',').any(|range| match range.split_once('-') {
                Some((low, high)) => low <= digits && digits <= high,
                None => range == digits,
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_searched_where_they_lie() {
        let tables = Generated::embedded();
        assert_eq!(tables.region("AL").unwrap().calling_code, "355");
        assert!(tables.region("AA").is_none() && tables.region("ZZ").is_none());
        assert!(tables.is_short_number("AL", "emergency", "112"));
        assert!(!tables.is_short_number("AL", "emergency", "911"));
        assert!(tables.prefix_holder("355691234567").is_some());
        assert_eq!(tables.country_name("AL", "zh-Hans"), Some("阿尔巴尼亚"));
        for region in tables.regions() {
            assert_eq!(tables.region(region.region), Some(region));
        }
    }
}
