package dev.semel.books.bank;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What is wanted of an entry or of one of its details, by path below it. Keeps the first value of each. */
final class CamtFields {
    private static final Set<String> WANTED = Set.of(
            "Id",
            "Acct/Id/IBAN",
            "Acct/Id/Othr/Id",
            "NtryRef",
            "Amt",
            "Amt@Ccy",
            "CdtDbtInd",
            "Sts",
            "Sts/Cd",
            "BookgDt/Dt",
            "BookgDt/DtTm",
            "AcctSvcrRef",
            "AddtlNtryInf",
            "Refs/AcctSvcrRef",
            "Refs/TxId",
            "AmtDtls/TxAmt/Amt",
            "AmtDtls/TxAmt/Amt@Ccy",
            "AmtDtls/InstdAmt/Amt",
            "AmtDtls/InstdAmt/Amt@Ccy",
            "RmtInf/Ustrd",
            "RmtInf/Strd/CdtrRefInf/Ref");

    private final Map<String, String> values = new HashMap<>();

    void put(String path, String value) {
        if (WANTED.contains(path)) {
            values.putIfAbsent(path, value);
        }
    }

    /** The first of the paths that has a value; else empty. */
    String first(String... paths) {
        for (String path : paths) {
            String value = values.getOrDefault(path, "");
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }
}
