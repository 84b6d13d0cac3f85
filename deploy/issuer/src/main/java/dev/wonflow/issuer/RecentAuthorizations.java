package dev.wonflow.issuer;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.server.authorization.InMemoryOAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;

/**
 * Remembers what was granted lately. Only a code that is about to be exchanged has to be found again: an access token
 * speaks for itself. So the oldest is forgotten, or each token ever given would stay in memory.
 */
final class RecentAuthorizations implements OAuth2AuthorizationService {

    /** More sign-ins at once than one machine sees, and a few megabytes. */
    static final int LIMIT = 500;

    private final OAuth2AuthorizationService kept = new InMemoryOAuth2AuthorizationService();
    private final SequencedSet<String> ids = new LinkedHashSet<>();

    @Override
    public synchronized void save(OAuth2Authorization authorization) {
        kept.save(authorization);
        ids.addLast(authorization.getId());
        if (ids.size() > LIMIT) {
            OAuth2Authorization oldest = kept.findById(ids.removeFirst());
            if (oldest != null) {
                kept.remove(oldest);
            }
        }
    }

    @Override
    public synchronized void remove(OAuth2Authorization authorization) {
        kept.remove(authorization);
        ids.remove(authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return kept.findById(id);
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return kept.findByToken(token, type);
    }
}
