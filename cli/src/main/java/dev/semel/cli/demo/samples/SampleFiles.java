package dev.semel.cli.demo.samples;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Reads the CSV files. */
record SampleFiles(Path folder) {

    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

    SampleCompany company() throws IOException {
        return new SampleCompany(customers(), invoices(), payments());
    }

    private List<SampleCustomer> customers() throws IOException {
        return records("customers.csv").stream()
                .map(row -> new SampleCustomer(row.get("reference"), row.get("name"), optional(row, "email")))
                .toList();
    }

    private List<SampleInvoice> invoices() throws IOException {
        Map<String, List<SampleLine>> lines = lines();
        return records("invoices.csv").stream().map(row -> invoice(row, lines)).toList();
    }

    private static SampleInvoice invoice(CSVRecord row, Map<String, List<SampleLine>> lines) {
        return new SampleInvoice(
                row.get("reference"),
                row.get("customer"),
                Currency.getInstance(row.get("currency")),
                optional(row, "due_date"),
                new BigDecimal(row.get("total")),
                lines.getOrDefault(row.get("reference"), List.of()));
    }

    private Map<String, List<SampleLine>> lines() throws IOException {
        return records("invoice-lines.csv").stream()
                .map(SampleFiles::line)
                .collect(Collectors.groupingBy(SampleLine::invoice));
    }

    private static SampleLine line(CSVRecord row) {
        return new SampleLine(
                row.get("invoice"),
                Integer.parseInt(row.get("line")),
                row.get("description"),
                new BigDecimal(row.get("quantity")),
                new BigDecimal(row.get("unit_price")));
    }

    private List<SamplePayment> payments() throws IOException {
        return records("payments.csv").stream()
                .map(row -> new SamplePayment(
                        row.get("reference"),
                        row.get("invoice"),
                        new BigDecimal(row.get("amount")),
                        Currency.getInstance(row.get("currency")),
                        row.get("method")))
                .toList();
    }

    private List<CSVRecord> records(String file) throws IOException {
        try (CSVParser parser = CSVParser.parse(folder.resolve(file), StandardCharsets.UTF_8, FORMAT)) {
            return parser.getRecords();
        }
    }

    private static @Nullable String optional(CSVRecord row, String column) {
        String value = row.get(column);
        return value.isEmpty() ? null : value;
    }
}
