using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using k8s.Authentication;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Configuration;

/// <summary>
/// Makes the package's configuration of a login. What kubectl would do and the client cannot is an error: passed over in silence, some of it would be
/// read as somebody else.
/// </summary>
internal static class ClientConfiguration
{
    private const string OnlyKubectl = "which takes kubectl: -Transport Kubectl";

    /// <summary>client-go's own.</summary>
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The configuration of a context; that of the pod this runs in, where there is no kubeconfig.</summary>
    /// <param name="connection">Which context.</param>
    /// <param name="expires">When a login plugin has to be asked again; null for never.</param>
    /// <param name="cancellation">Ends a login plugin, with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ConfigurationException">It leads to no login.</exception>
    public static KubernetesClientConfiguration Of(ClusterConnection connection, out DateTimeOffset? expires, CancellationToken cancellation)
    {
        expires = null;
        KubernetesClientConfiguration configuration;
        if (Kubeconfig.Find(connection) is { } login)
        {
            Refuse(login);
            var credential = login.User.Exec is { } exec ? LoginPlugin.Run(login, exec, connection.Folder, cancellation) : null;
            expires = credential?.Expires;
            configuration = Of(login, credential);
        }
        else if (KubernetesClientConfiguration.IsInCluster())
        {
            configuration = KubernetesClientConfiguration.InClusterConfig();
        }
        else
        {
            throw new ConfigurationException(
                $"There is no kubeconfig ({string.Join(", ", KubeconfigBinder.Files(null))}), and this is no pod with a service account.");
        }

        var trusted = configuration.SslCaCerts;

        // The package's own check lets a certificate for another host pass as long as its authority is trusted. The platform's does not.
        configuration.SslCaCerts = null;
        configuration.FirstMessageHandlerSetup = handler => SetUp(handler, trusted);
        return configuration;
    }

    private static void Refuse(Login login)
    {
        var (cluster, user) = (login.Cluster, login.User);
        if (!string.IsNullOrEmpty(cluster.ProxyUrl))
            throw new ConfigurationException($"The cluster is behind a proxy of its own (proxy-url), {OnlyKubectl}.");
        if (!string.IsNullOrEmpty(user.As) || !string.IsNullOrEmpty(user.AsUid) || user.AsGroups?.Count > 0 || user.AsUserExtra?.Count > 0)
            throw new ConfigurationException($"User \"{login.UserName}\" stands for another (as), {OnlyKubectl}.");
        if (user.AuthProvider is not null)
            throw new ConfigurationException($"User \"{login.UserName}\" logs in by the auth-provider {user.AuthProvider.Name}, {OnlyKubectl}.");
        if (cluster.InsecureSkipTlsVerify && login.CertificateAuthority is not null)
            throw new ConfigurationException("The cluster has a certificate-authority and insecure-skip-tls-verify; only one of them can be meant.");
        if (login.Certificate is null != login.Key is null)
            throw new ConfigurationException($"User \"{login.UserName}\" has a client certificate without its key, or the other way round.");
    }

    private static KubernetesClientConfiguration Of(Login login, LoginCredential? credential)
    {
        try
        {
            var authority = login.CertificateAuthority is { } data ? AuthoritiesIn(data) : null;
            var configuration = new KubernetesClientConfiguration
            {
                Host = ServerOf(login),
                TlsServerName = login.Cluster.TlsServerName,
                SkipTlsVerify = login.Cluster.InsecureSkipTlsVerify,
                SslCaCerts = authority,
                ClientCertificateData = Encoded(credential?.Certificate) ?? login.Certificate,
                ClientCertificateKeyData = Encoded(credential?.Key) ?? login.Key,
                AccessToken = credential?.Token ?? login.User.Token,
                Username = login.User.Username,
                Password = login.User.Password,
            };
            if (credential is null && login.TokenFile is { } file)
                configuration.TokenProvider = File.Exists(file) ? new TokenFileAuth(file)
                    : throw new ConfigurationException($"The tokenFile {file} is not there.");
            return configuration;
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw new ConfigurationException($"The certificate-authority of the cluster is none: {e.Message}");
        }
    }

    /// <summary>An address alone is plain HTTP, unless something is said of certificates.</summary>
    private static string ServerOf(Login login)
    {
        var server = login.Cluster.Server ?? "";
        if (!server.Contains("://", StringComparison.Ordinal))
            server = (login.CertificateAuthority ?? login.Certificate) is not null || login.Cluster.InsecureSkipTlsVerify ? $"https://{server}"
                : $"http://{server}";
        return Uri.TryCreate(server, UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? server
            : throw new ConfigurationException($"The cluster's server is no URL: '{login.Cluster.Server}'.");
    }

    private static X509Certificate2Collection AuthoritiesIn(string data)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPem(Encoding.UTF8.GetString(Convert.FromBase64String(data)));
        return authorities.Count > 0 ? authorities : throw new ConfigurationException("The certificate-authority of the cluster holds no certificate.");
    }

    private static string? Encoded(string? pem) => string.IsNullOrEmpty(pem) ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    private static void SetUp(SocketsHttpHandler handler, X509Certificate2Collection? trusted)
    {
        handler.ConnectTimeout = ConnectTimeout;
        handler.AutomaticDecompression = DecompressionMethods.GZip;
        if (trusted is null)
            return;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(trusted);
        handler.SslOptions.CertificateChainPolicy = policy;
    }
}
