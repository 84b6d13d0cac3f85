package dev.wonflow.web.page;

/** A caller asks for a page in a way nobody can follow. */
public final class PageUnusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PageUnusable(String message) {
        super(message, null, false, false);
    }
}
