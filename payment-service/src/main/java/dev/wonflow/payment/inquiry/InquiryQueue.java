package dev.wonflow.payment.inquiry;

import java.time.Instant;
import java.util.List;

/** The asking side of the inquiries. An inquiry is one worker's for the time of its lease. */
public interface InquiryQueue {

    /** Claims due inquiries about payments whose outcome we do not know. */
    List<Inquiry> claimRequired(int limit, Instant now, Instant leasedUntil);

    /** Claims due inquiries that only webhooks asked for. */
    List<Inquiry> claimHinted(int limit, Instant now, Instant leasedUntil);

    /** Answered. Hints that came since are asked about after {@code nextHint}. */
    void done(Inquiry inquiry, Instant now, Instant nextHint);

    /** Not answered. Asked again at {@code due}, or at {@code nextHint} if hints have come since and that is sooner. */
    void again(Inquiry inquiry, Instant now, Instant due, Instant nextHint);

    /** Forgets answered inquiries that were last asked before {@code before}. */
    void prune(Instant before);
}
