package dev.wonflow.subscription.notice;

import dev.wonflow.runtime.TenantId;

/**
 * Something a tenant is to be told once.
 *
 * @param subject what it is about, such as the id of an invoice; of a kind there is one notice about it. 1 to 200
 *     characters; where a subject has several, such as the attempts of an invoice, it has to say which
 */
public record Notice(String subject, TenantId tenant, NoticeData data) {

    private static final int MAX_SUBJECT = 200;

    public Notice {
        if (subject.isBlank() || subject.length() > MAX_SUBJECT) {
            throw new IllegalArgumentException(
                    "subject: " + subject.length() + " characters (expected: text of 1 to " + MAX_SUBJECT + ")");
        }
    }
}
