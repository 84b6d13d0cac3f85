package dev.wonflow.testsupport.planted.domain.web;

/** An adapter. */
public final class Page {
    public String title() {
        return "머그컵";
    }
}
