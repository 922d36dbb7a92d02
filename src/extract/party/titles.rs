//! Words for offices and organs of a state: "foreign minister", "troops", "the ministry".

use crate::extract::lexis::{Class, Known};

/// What an office word makes of the party's name before or after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Office {
    /// One person: `minister`, `envoy`.
    Person,
    /// Several persons: `officials`, `leaders`.
    People,
    /// An organ: `ministry`, `government`, `parliament`.
    Organ,
    /// Armed force or its means: `troops`, `jets`; acts, but does not speak.
    Force,
}

/// Words for offices, organs and forces.
pub(in crate::extract) const OFFICES: &[(Office, &str)] = &[
    (
        Office::Person,
        "minister president premier chancellor secretary ambassador envoy spokesman spokeswoman spokesperson \
         chief leader king queen prince emir sheikh sultan ayatollah general commander diplomat official \
         adviser advisor negotiator representative delegate chairman chairwoman director lawmaker prosecutor \
         commissioner undersecretary strongman ruler monarch pope head aide attache consul deputy admiral \
         counterpart observer mayor governor speaker d'affaires tsar counsellor caudillo",
    ),
    (
        Office::People,
        "ministers presidents leaders officials diplomats envoys ambassadors negotiators lawmakers \
         legislators senators mps prosecutors representatives delegates heads chiefs commanders generals \
         authorities aides advisers deputies judges counterparts secretaries inspectors experts spokesmen",
    ),
    (
        Office::Organ,
        "ministry government parliament cabinet administration regime junta delegation delegations court \
         courts embassy senate congress side treasury presidency commission council mission house chamber \
         leadership police office department assembly committee agency executive authority media intelligence \
         team governments state nation bank watchdog group movement militia",
    ),
    (
        Office::Force,
        "troops forces soldiers army military navy jets warplanes aircraft warships warship missiles missile \
         drones drone bombers submarines guard guards commandos fighters marines artillery tanks planes \
         rockets frigate destroyer destroyers ships gunboats militants rebels command fleet vessels vessel \
         ship paratroopers peacekeepers gunners airforce force helicopters jet warplane plane fighter \
         submarine carrier mercenaries rocket",
    ),
];

/// The office that a folded word names.
pub(crate) fn office(word: impl Into<&'static Known>) -> Option<Office> {
    word.into().office
}

/// Lower-case words that may stand between a party's adjective and the office.
pub(crate) fn is_office_modifier(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::OfficeModifier)
}

/// Words before an office that take the right to act for the state away.
pub(crate) fn is_out_of_office(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::OutOfOffice)
}

/// Titles of courtesy and office before a name, with a capital or not.
pub(crate) fn is_courtesy(word: impl Into<&'static Known>) -> bool {
    word.into().is(Class::Courtesy)
}

/// The lists of words around offices, each with the class that it is of.
pub(in crate::extract) const LISTS: &[(Class, &str)] = &[
    (
        Class::OfficeModifier,
        "foreign defence defense prime deputy vice acting interim caretaker senior top chief national \
         security state supreme crown air armed military naval coast border special trade economy finance \
         interior justice energy oil agriculture transport commerce treasury nuclear lead new own permanent \
         civil revolutionary general upper lower high central federal constitutional government royal two \
         three four several unnamed ruling ground attack ballistic cruise presidential diplomatic cultural \
         consular intelligence missile drone patrol war battle foreign-policy policy counter anti economic \
         human rights atomic public house elite health culture environment climate investigative prosecutors' \
         peace other outgoing incoming newly elected de facto long range short medium guided regional \
         parliamentary opposite young veteran and & external affairs minister ministry embassy law labour \
         labor tourism digital kamikaze exploding hypersonic some big small fast rescue research exiled \
         surveillance spy nuclear-powered powered capable strategic tactical",
    ),
    (
        Class::OutOfOffice,
        "former ex late opposition exiled ousted deposed jailed dissident retired onetime erstwhile rebel \
         shadow disgraced fugitive imprisoned separatist",
    ),
    (
        Class::Courtesy,
        "mr mrs ms dr sir lord lady baroness madame gen col lt prof sheikh sheik shaikh hojatoleslam \
         ayatollah imam cardinal hon dame prince princess king queen emir sultan comrade excellency adm sen \
         rep",
    ),
];
