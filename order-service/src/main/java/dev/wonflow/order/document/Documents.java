package dev.wonflow.order.document;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Turns bytes from outside into fields. */
public interface Documents {

    /**
     * Reads a document.
     *
     * @throws MalformedDocument if it is not one object within the limits
     */
    Fields read(byte @Nullable [] document);

    /**
     * Reads a document, and no more of the stream than a document may have.
     *
     * @throws MalformedDocument if it is not one object within the limits
     */
    Fields read(InputStream document);
}
