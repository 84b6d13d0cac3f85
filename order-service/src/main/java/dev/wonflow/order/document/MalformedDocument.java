package dev.wonflow.order.document;

/** Bytes that are not the kind of document we asked for. */
public final class MalformedDocument extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MalformedDocument(String message) {
        super(message);
    }

    public MalformedDocument(String message, Throwable cause) {
        super(message, cause);
    }
}
