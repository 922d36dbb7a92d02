//! ISO 3166-1 alpha-3 → alpha-2: the codes of states, as FollowTheMoney writes countries.

/// Alpha-3 and alpha-2 after each other, in order.
const PAIRS: &str = "ABWaw AFGaf AGOao AIAai ALAax ALBal ANDad AREae ARGar ARMam ASMas ATAaq ATFtf ATGag AUSau AUTat AZEaz BDIbi \
    BELbe BENbj BESbq BFAbf BGDbd BGRbg BHRbh BHSbs BIHba BLMbl BLRby BLZbz BMUbm BOLbo BRAbr BRBbb BRNbn BTNbt \
    BVTbv BWAbw CAFcf CANca CCKcc CHEch CHLcl CHNcn CIVci CMRcm CODcd COGcg COKck COLco COMkm CPVcv CRIcr CUBcu \
    CUWcw CXRcx CYMky CYPcy CZEcz DDRdd DEUde DJIdj DMAdm DNKdk DOMdo DZAdz ECUec EGYeg ERIer ESHeh ESPes ESTee \
    ETHet FINfi FJIfj FLKfk FRAfr FROfo FSMfm GABga GBRgb GEOge GGYgg GHAgh GIBgi GINgn GLPgp GMBgm GNBgw GNQgq \
    GRCgr GRDgd GRLgl GTMgt GUFgf GUMgu GUYgy HKGhk HMDhm HNDhn HRVhr HTIht HUNhu IDNid IMNim INDin IOTio IRLie \
    IRNir IRQiq ISLis ISRil ITAit JAMjm JEYje JORjo JPNjp KAZkz KENke KGZkg KHMkh KIRki KNAkn KORkr KWTkw LAOla \
    LBNlb LBRlr LBYly LCAlc LIEli LKAlk LSOls LTUlt LUXlu LVAlv MACmo MAFmf MARma MCOmc MDAmd MDGmg MDVmv MEXmx \
    MHLmh MKDmk MLIml MLTmt MMRmm MNEme MNGmn MNPmp MOZmz MRTmr MSRms MTQmq MUSmu MWImw MYSmy MYTyt NAMna NCLnc \
    NERne NFKnf NGAng NICni NIUnu NLDnl NORno NPLnp NRUnr NZLnz OMNom PAKpk PANpa PCNpn PERpe PHLph PLWpw PNGpg \
    POLpl PRIpr PRKkp PRTpt PRYpy PSEps PYFpf QATqa REUre ROUro RUSru RWArw SAUsa SDNsd SENsn SGPsg SGSgs SHNsh \
    SJMsj SLBsb SLEsl SLVsv SMRsm SOMso SPMpm SRBrs SSDss STPst SURsr SVKsk SVNsi SWEse SWZsz SXMsx SYCsc SYRsy \
    TCAtc TCDtd TGOtg THAth TJKtj TKLtk TKMtm TLStl TONto TTOtt TUNtn TURtr TUVtv TWNtw TZAtz UGAug UKRua UMIum \
    URYuy USAus UZBuz VATva VCTvc VENve VGBvg VIRvi VNMvn VUTvu WLFwf WSMws XKXxk YEMye ZAFza ZMBzm ZWEzw";

/// The two lower-case letters of a state's code; `None` where it has none.
pub(super) fn alpha_2(code: &str) -> Option<&'static str> {
    if code.len() != 3 || !code.bytes().all(|sign| sign.is_ascii_uppercase()) {
        return None;
    }
    PAIRS
        .split(' ')
        .find_map(|pair| pair.strip_prefix(code))
        .filter(|letters| letters.len() == 2)
}

#[cfg(test)]
mod tests {
    use super::alpha_2;

    #[test]
    fn states_have_two_letters_and_others_none() {
        assert_eq!(alpha_2("USA"), Some("us"));
        assert_eq!(alpha_2("PRK"), Some("kp"));
        for code in ["E3", "ARAB LEAGUE", "usa", "XYZ", "", "IRNir"] {
            assert_eq!(alpha_2(code), None, "{code}");
        }
    }
}
