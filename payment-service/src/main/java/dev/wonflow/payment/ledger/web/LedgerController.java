package dev.wonflow.payment.ledger.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.payment.ledger.LedgerLines;
import dev.wonflow.payment.ledger.LedgerLines.Line;
import dev.wonflow.payment.ledger.LedgerLines.Place;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.csv.CsvAnswer;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The ledger for whoever keeps the merchant's books. */
@RestController
@RequestMapping("/api/ledger")
class LedgerController {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** With a year of four digits: the day after the last one that {@code LocalDate} knows is none. */
    private static final DateTimeFormatter DAY = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("-MM-dd")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /** Lines read at a time, so that a slow reader holds no connection of the database. */
    private static final int PAGE = 1_000;

    private static final List<String> COLUMNS = List.of(
            "entry",
            "happenedAt",
            "payment",
            "order",
            "tenant",
            "livemode",
            "kind",
            "reference",
            "account",
            "debit",
            "credit");

    private final LedgerLines lines;

    LedgerController(LedgerLines lines) {
        this.lines = lines;
    }

    /**
     * Exports all postings of some days as CSV, the oldest first; written while they are read.
     *
     * @param from first day, in Seoul
     * @param to last day, which belongs to it
     */
    @AllowedTo("operator:ledger")
    @GetMapping("/export")
    @Operation(id = "exportLedger", produces = "text/csv")
    void export(
            @Field(format = "date") @RequestParam("from") String from,
            @Field(format = "date") @RequestParam("to") String to,
            HttpServletResponse response)
            throws IOException {
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        if (last.isBefore(first)) {
            throw new InvalidRequest("to: " + last + " (expected: not before from, " + first + ")");
        }
        CsvAnswer.write(response, "ledger-" + first + "-" + last + ".csv", COLUMNS, rows(first, last));
    }

    /** Read on when a page is written. */
    private Iterator<List<?>> rows(LocalDate first, LocalDate last) {
        Instant begin = first.atStartOfDay(SEOUL).toInstant();
        Instant end = last.plusDays(1).atStartOfDay(SEOUL).toInstant();
        return Stream.iterate(
                        lines.between(begin, end, null, PAGE),
                        page -> !page.isEmpty(),
                        page -> page.size() < PAGE ? List.of() : lines.between(begin, end, place(page.getLast()), PAGE))
                .flatMap(List::stream)
                .<List<?>>map(LedgerController::row)
                .iterator();
    }

    private static Place place(Line line) {
        return new Place(line.happenedAt(), line.entryId(), line.account());
    }

    private static List<?> row(Line line) {
        return Arrays.asList(
                line.entryId(),
                line.happenedAt(),
                line.paymentId(),
                line.orderId(),
                line.tenantId(),
                line.livemode(),
                line.kind(),
                line.reference(),
                line.account(),
                line.debitWon(),
                line.creditWon());
    }

    private static LocalDate day(String name, String text) {
        try {
            return DAY.parse(text, LocalDate::from);
        } catch (DateTimeParseException _) {
            throw new InvalidRequest(name + ": no date (expected: such as 2026-01-31)");
        }
    }
}
