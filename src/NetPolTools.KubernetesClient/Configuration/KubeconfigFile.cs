using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace NetPolTools.KubernetesClient.Configuration;

/// <summary>
/// A kubeconfig as it is written, v1 of client-go's clientcmd API. The package's own model lacks fields that must not be overlooked, such as proxy-url and
/// tokenFile.
/// </summary>
internal sealed class KubeconfigFile
{
    public string? CurrentContext { get; set; }

    public List<NamedContext>? Contexts { get; set; }

    public List<NamedCluster>? Clusters { get; set; }

    public List<NamedUser>? Users { get; set; }

    /// <exception cref="ConfigurationException">The file cannot be read, or is no kubeconfig.</exception>
    public static KubeconfigFile Read(string file)
    {
        var yaml = new DeserializerBuilder().WithNamingConvention(HyphenatedNamingConvention.Instance).IgnoreUnmatchedProperties().Build();
        try
        {
            using var text = new StreamReader(file);
            return yaml.Deserialize<KubeconfigFile?>(text) ?? new KubeconfigFile();
        }
        catch (YamlException e)
        {
            // Nothing of the text itself is told: passwords stand in it.
            throw new ConfigurationException($"{file}({e.Start.Line},{e.Start.Column}) is no kubeconfig: it cannot be read beyond that place.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"The kubeconfig {file} cannot be read: {e.Message}");
        }
    }
}

internal sealed class NamedContext
{
    public string? Name { get; set; }

    public ContextEntry? Context { get; set; }
}

internal sealed class ContextEntry
{
    public string? Cluster { get; set; }

    public string? User { get; set; }
}

internal sealed class NamedCluster
{
    public string? Name { get; set; }

    public ClusterEntry? Cluster { get; set; }
}

internal sealed class ClusterEntry
{
    public string? Server { get; set; }

    public string? TlsServerName { get; set; }

    public bool InsecureSkipTlsVerify { get; set; }

    public string? CertificateAuthority { get; set; }

    public string? CertificateAuthorityData { get; set; }

    public string? ProxyUrl { get; set; }
}

internal sealed class NamedUser
{
    public string? Name { get; set; }

    public UserEntry? User { get; set; }
}

internal sealed class UserEntry
{
    public string? ClientCertificate { get; set; }

    public string? ClientCertificateData { get; set; }

    public string? ClientKey { get; set; }

    public string? ClientKeyData { get; set; }

    public string? Token { get; set; }

    [YamlMember(Alias = "tokenFile", ApplyNamingConventions = false)]
    public string? TokenFile { get; set; }

    public string? Username { get; set; }

    public string? Password { get; set; }

    public string? As { get; set; }

    public string? AsUid { get; set; }

    public List<string>? AsGroups { get; set; }

    public Dictionary<string, List<string>>? AsUserExtra { get; set; }

    public AuthProviderEntry? AuthProvider { get; set; }

    public ExecEntry? Exec { get; set; }
}

internal sealed class AuthProviderEntry
{
    public string? Name { get; set; }
}

internal sealed class ExecEntry
{
    [YamlMember(Alias = "apiVersion", ApplyNamingConventions = false)]
    public string? ApiVersion { get; set; }

    public string? Command { get; set; }

    public List<string?>? Args { get; set; }

    public List<ExecVariable>? Env { get; set; }

    [YamlMember(Alias = "installHint", ApplyNamingConventions = false)]
    public string? InstallHint { get; set; }

    [YamlMember(Alias = "provideClusterInfo", ApplyNamingConventions = false)]
    public bool ProvideClusterInfo { get; set; }

    [YamlMember(Alias = "interactiveMode", ApplyNamingConventions = false)]
    public string? InteractiveMode { get; set; }
}

internal sealed class ExecVariable
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
