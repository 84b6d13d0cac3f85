package dev.wonflow.sandbox.merchant;

import java.util.List;

/** The test keys everybody can read in Toss's documentation and in its samples. They move nobody's money. */
final class DocumentedKeys {

    /** What the examples of the documentation name as the merchant, too. */
    private static final Merchant MERCHANT = new Merchant("tosspayments", "토스페이먼츠", ApiVersion.V2022_11_16);

    static final List<KeyPair> ALL = List.of(
            new KeyPair(MERCHANT, "test_ck_D5GePWvyJnrK0W0k6q8gLzN97Eoq", "test_sk_zXLkKEypNArWmo50nX3lmeaxYG5R"),
            new KeyPair(MERCHANT, "test_gck_docs_Ovk5rk1EwkEbP0W43n07xlzm", "test_gsk_docs_OaPz8L5KdmQXkzRz3y47BMw6"));

    private DocumentedKeys() {}
}
