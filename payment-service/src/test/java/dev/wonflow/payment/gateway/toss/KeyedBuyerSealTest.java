package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.RefundAccount;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KeyedBuyerSealTest {

    private static final Buyer BUYER = new Buyer("김하늘", "01012345678");

    private final KeyedBuyerSeal seal = seal("test_sk_1");

    @Test
    void buyer_is_opened_for_the_opening_and_under_the_key() {
        byte[] sealed = seal.seal(BUYER, "opening-1");

        assertThat(seal.open(sealed, "opening-1")).contains(BUYER);
        assertThat(seal.open(sealed, "opening-2")).isEmpty();
        assertThat(seal("test_sk_2").open(sealed, "opening-1")).isEmpty();
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("01012345678");
    }

    @Test
    void buyer_without_a_telephone_stays_without() {
        Buyer buyer = new Buyer("김하늘", null);

        assertThat(seal.open(seal.seal(buyer, "opening-1"), "opening-1")).contains(buyer);
    }

    @Test
    void what_is_sealed_for_another_purpose_does_not_open() {
        byte[] account = new KeyedAccountSeal("test_sk_1", new SecureRandom(), new JsonMapper())
                .seal(new RefundAccount("88", "110123456789", "김하늘"), "opening-1");

        assertThat(seal.open(account, "opening-1")).isEmpty();
    }

    private static KeyedBuyerSeal seal(String secretKey) {
        return new KeyedBuyerSeal(secretKey, new SecureRandom(), new JsonMapper());
    }
}
