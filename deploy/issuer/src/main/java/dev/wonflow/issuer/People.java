package dev.wonflow.issuer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Everybody who can sign in: owner, member and viewer of each demo tenant, and one operator. */
final class People implements UserDetailsService {

    private final Map<String, Person> byName = new LinkedHashMap<>();

    People() {
        for (String tenant : DemoTenants.ALL) {
            add(Person.of(tenant, Role.OWNER));
            add(Person.of(tenant, Role.MEMBER));
            add(Person.of(tenant, Role.VIEWER));
        }
        add(Person.operator());
    }

    private void add(Person person) {
        byName.put(person.name(), person);
    }

    /** Someone by name. */
    Optional<Person> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        Person person = named(name).orElseThrow(() -> new UsernameNotFoundException("nobody of this name"));
        return User.withUsername(person.name())
                .password(person.name())
                .authorities(person.role().word())
                .build();
    }
}
