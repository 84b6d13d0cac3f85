package dev.wonflow.web.csv;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;

/**
 * Answers a request with a CSV file (RFC 4180, UTF-8) of any length, row by row as they are read.
 *
 * <p>It begins with a byte order mark, without which Excel garbles Korean. A text that a spreadsheet would take for a
 * formula gets an apostrophe in front.
 */
public final class CsvAnswer {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** What OWASP lists as the beginning of a formula. */
    private static final Set<Character> FORMULA = Set.of('=', '+', '-', '@', '\t', '\r', '\n');

    private CsvAnswer() {}

    /**
     * Writes the whole file.
     *
     * @param file name the browser offers
     * @param rows read as far as they are written; each as long as {@code columns}
     * @throws IOException if the client went away, or a row could not be read after the answer had begun: the
     *     connection ends within the body, so that the client does not take a part for the whole
     */
    public static void write(
            HttpServletResponse response, String file, List<String> columns, Iterator<? extends List<?>> rows)
            throws IOException {
        // What fails at the first row is answered as any other error.
        boolean isEmpty = !rows.hasNext();
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(file).build().toString());
        response.getWriter().write(BYTE_ORDER_MARK);
        CSVPrinter printer = CSVFormat.RFC4180.print(response.getWriter());
        printer.printRecord(columns);
        if (isEmpty) {
            return;
        }
        try {
            while (rows.hasNext()) {
                printer.printRecord(rows.next().stream().map(CsvAnswer::cell));
            }
        } catch (RuntimeException e) {
            if (response.isCommitted()) {
                throw new IOException(file + ": broken off after a part of it was sent", e);
            }
            response.reset();
            throw e;
        }
    }

    private static @Nullable Object cell(@Nullable Object value) {
        if (value instanceof Number) {
            return value;
        }
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return !text.isEmpty() && FORMULA.contains(text.charAt(0)) ? "'" + text : text;
    }
}
