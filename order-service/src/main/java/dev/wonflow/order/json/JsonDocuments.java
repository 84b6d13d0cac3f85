package dev.wonflow.order.json;

import dev.wonflow.order.document.Documents;
import dev.wonflow.order.document.Fields;
import dev.wonflow.order.document.MalformedDocument;
import dev.wonflow.web.json.StrictUtf8;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON within limits. A field given twice is an error, because two readers would see two different orders. */
@Component
public final class JsonDocuments implements Documents {

    /** Far more than a cart of a hundred items needs. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 20;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MAX_BYTES)
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(100)
                            .build())
                    .inputDecorator(new StrictUtf8())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(Object.class);

    @Override
    public Fields read(byte @Nullable [] document) {
        if (document == null || document.length == 0) {
            throw new MalformedDocument("body: empty (expected: a JSON object)");
        }
        return read(() -> READER.readValue(document));
    }

    @Override
    public Fields read(InputStream document) {
        return read(() -> READER.readValue(document));
    }

    private static Fields read(Source source) {
        Object tree;
        try {
            tree = source.read();
        } catch (JacksonException e) {
            throw new MalformedDocument(complaint(e), e);
        }
        if (tree instanceof Map<?, ?> object) {
            return Fields.of(object);
        }
        throw new MalformedDocument("body: no object (expected: a JSON object)");
    }

    /** Not Jackson's own words: they can repeat the payload. */
    private static String complaint(JacksonException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return "body: not readable as JSON" + where + " (expected: one JSON object of at most " + MAX_BYTES
                + " bytes and " + MAX_DEPTH + " levels, no field twice)";
    }

    private interface Source {
        @Nullable
        Object read();
    }
}
