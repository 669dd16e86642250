package io.porchlight.studio;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.stereotype.Component;

/**
 * Who may sign in: those of the configuration. On a developer's machine, as long as nobody is configured and nobody else can
 * reach it, one user is there from the start.
 */
@Component
class StudioUsers implements UserDetailsService {

    /** Everybody knows it: it stands on the sign-in page. */
    record LocalUser(String name, String password) {}

    static final LocalUser LOCAL = new LocalUser("porchlight", "porchlight");

    private static final Pattern ENCODED = Pattern.compile("\\{[A-Za-z0-9@_-]+}.+");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final Map<String, String> passwords = new HashMap<>();
    private final boolean local;
    private final ObjectProvider<HttpServletRequest> requests;

    StudioUsers(StudioSettings settings, Environment environment, ObjectProvider<HttpServletRequest> requests) {
        this.requests = requests;
        boolean production = "remote".equalsIgnoreCase(environment.getProperty("porchlight.engine.mode"));
        settings.users().forEach((name, user) -> passwords.put(name, checked(name, user.password(), production)));
        local = passwords.isEmpty() && !production && loopback(environment.getProperty("server.address"));
    }

    @Override
    public UserDetails loadUserByUsername(String name) {
        if (localUser().filter(user -> user.name().equals(name)).isPresent()) {
            return user(name, "{noop}" + LOCAL.password());
        }
        String password = passwords.get(name);
        if (password == null) {
            throw new UsernameNotFoundException("Nobody of this name");
        }
        return user(name, password);
    }

    /** The user of this machine; nobody when others are configured, or when the request came from elsewhere. */
    Optional<LocalUser> localUser() {
        return local && fromThisMachine(requests.getIfAvailable()) ? Optional.of(LOCAL) : Optional.empty();
    }

    /** Whether nobody at all can sign in. */
    boolean none() {
        return passwords.isEmpty() && localUser().isEmpty();
    }

    /** A tunnel to this machine, or a name that others made point here, must not lead into the studio. */
    private static boolean fromThisMachine(@Nullable HttpServletRequest request) {
        return request != null && THIS_MACHINE.contains(request.getServerName());
    }

    private static String checked(String name, String password, boolean production) {
        String setting = "porchlight.studio.users." + name + ".password";
        if (!ENCODED.matcher(password).matches() || (production && password.startsWith("{noop}"))) {
            throw new IllegalStateException(
                    setting + " must be a hash such as {bcrypt}$2y$10$…; make one with: htpasswd" + " -nBC 10 " + name);
        }
        if (production && isLocal(setting, password)) {
            throw new IllegalStateException(
                    setting + " is \"porchlight\", the local password, which everybody knows. Set it to your own.");
        }
        return password;
    }

    private static boolean isLocal(String setting, String password) {
        try {
            return PasswordEncoderFactories.createDelegatingPasswordEncoder().matches(LOCAL.password(), password);
        } catch (IllegalArgumentException unknown) {
            throw new IllegalStateException(setting + " is a hash of a kind that is not known here", unknown);
        }
    }

    private static boolean loopback(@Nullable String address) {
        return address != null && (THIS_MACHINE.contains(address) || address.startsWith("127."));
    }

    private static UserDetails user(String name, String password) {
        return User.withUsername(name).password(password).roles("STUDIO").build();
    }
}
