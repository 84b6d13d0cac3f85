package dev.wonflow.payment.gateway.books;

/** Toss's books could not be read, or not to their end. Trying again later may help. */
public final class BooksNotRead extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BooksNotRead(String message) {
        super(message);
    }
}
