package dev.wonflow.issuer.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.web.util.HtmlUtils;

/**
 * A page with places for text, such as {@code {name}}. Four of them are worth no template engine, which would double
 * the time of a start.
 */
record Page(String html) {

    static Page named(String name) {
        String file = "/pages/" + name + ".html";
        try (InputStream in = Page.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException(file + ": not in the jar");
            }
            return new Page(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + ": not readable", e);
        }
    }

    /** Fills a place; the text shows as it is, whatever it holds. */
    Page with(String place, String text) {
        return new Page(html.replace("{" + place + "}", HtmlUtils.htmlEscape(text)));
    }
}
