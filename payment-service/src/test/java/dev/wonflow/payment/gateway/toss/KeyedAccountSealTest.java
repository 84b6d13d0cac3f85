package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.RefundAccount;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KeyedAccountSealTest {

    private static final RefundAccount ACCOUNT = new RefundAccount("88", "110123456789", "김하늘");

    private final KeyedAccountSeal seal = seal("test_sk_1");

    @Test
    void account_is_opened_for_what_it_was_sealed_for() {
        assertThat(seal.open(seal.seal(ACCOUNT, "refund-1"), "refund-1")).contains(ACCOUNT);
        assertThat(seal.open(seal.seal(ACCOUNT, "refund-1"), "refund-2")).isEmpty();
    }

    @Test
    void nobody_without_the_key_reads_or_changes_it() {
        byte[] sealed = seal.seal(ACCOUNT, "refund-1");
        byte[] changed = sealed.clone();
        changed[sealed.length - 20] ^= 1;

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("110123456789");
        assertThat(seal("test_sk_2").open(sealed, "refund-1")).isEmpty();
        assertThat(seal.open(changed, "refund-1")).isEmpty();
        assertThat(seal.open(Arrays.copyOf(sealed, 12), "refund-1")).isEmpty();
    }

    @Test
    void same_account_is_never_sealed_alike() {
        assertThat(seal.seal(ACCOUNT, "refund-1")).isNotEqualTo(seal.seal(ACCOUNT, "refund-1"));
    }

    @Test
    void longest_account_fits_its_column() {
        RefundAccount longest = new RefundAccount("은".repeat(30), "1".repeat(20), "김".repeat(60));

        assertThat(seal.seal(longest, "refund-1")).hasSizeLessThanOrEqualTo(1_000);
    }

    @Test
    void account_is_not_printed() {
        assertThat(ACCOUNT).hasToString("***");
    }

    private static KeyedAccountSeal seal(String secretKey) {
        return new KeyedAccountSeal(secretKey, new SecureRandom(), new JsonMapper());
    }
}
