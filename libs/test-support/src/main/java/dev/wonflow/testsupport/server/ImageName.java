package dev.wonflow.testsupport.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An image as a setting names it: {@code postgres:18@sha256:…}, or without tag or digest.
 *
 * @param repository with the registry before it, if there is one
 * @param digest of the image as its registry knows it, or the id of an image that was built here; 64 hex digits
 */
record ImageName(
        String repository, @Nullable String tag, @Nullable String digest) {

    private static final Pattern FORM = Pattern.compile(
            "((?:[A-Za-z0-9.-]+(?::[0-9]+)?/)?[a-z0-9._/-]+)(?::([A-Za-z0-9_][A-Za-z0-9._-]*))?(?:@sha256:([0-9a-f]{64}))?");

    /**
     * Reads a name.
     *
     * @throws IllegalArgumentException if it is none
     */
    static ImageName parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "image: " + text + " (expected: name, name:tag or name:tag@sha256: and 64 hex digits)");
        }
        return new ImageName(matcher.group(1), matcher.group(2), matcher.group(3));
    }

    /** The name without its digest. */
    String tagged() {
        return tag == null ? repository : repository + ":" + tag;
    }

    /** The name an engine pulls by: with a digest, the tag says nothing more. */
    String pulled() {
        return digest == null ? tagged() : repository + "@sha256:" + digest;
    }

    /** Whether only this machine can have it. */
    boolean isLocal() {
        return repository.startsWith("localhost/");
    }

    @Override
    public String toString() {
        return digest == null ? tagged() : tagged() + "@sha256:" + digest;
    }
}
