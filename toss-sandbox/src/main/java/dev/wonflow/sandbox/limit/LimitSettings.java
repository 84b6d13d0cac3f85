package dev.wonflow.sandbox.limit;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of how often a client may call. Both limits are off unless set; Toss's own for test keys is 100 a minute.
 *
 * @param perMinute calls to one operation with one key in any minute, beyond which a call is 429; 0 for no limit
 * @param sameCallWithin time within which the same inquiry or cancel, sent again, is 403 FORBIDDEN_CONSECUTIVE_REQUEST;
 *     zero for no limit. How long that is at Toss nobody says
 */
@ConfigurationProperties("wonflow.sandbox.limit")
record LimitSettings(
        @DefaultValue("0") int perMinute,
        @DefaultValue("0s") Duration sameCallWithin) {

    LimitSettings {
        if (perMinute < 0 || sameCallWithin.isNegative()) {
            throw new IllegalArgumentException("wonflow.sandbox.limit.per-minute: " + perMinute + ", same-call-within: "
                    + sameCallWithin + " (expected: both >= 0)");
        }
    }
}
