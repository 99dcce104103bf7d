namespace NetPolTools.KubernetesClient.Configuration;

/// <summary>The cluster and the user of a context.</summary>
/// <param name="Cluster">The cluster.</param>
/// <param name="ClusterFolder">What the cluster's relative paths are relative to: the folder of the file it stands in.</param>
/// <param name="UserName">What the kubeconfig calls the user; empty for none.</param>
/// <param name="User">The user.</param>
/// <param name="UserFolder">As <paramref name="ClusterFolder"/>, of the user.</param>
internal sealed record Login(ClusterEntry Cluster, string ClusterFolder, string UserName, UserEntry User, string UserFolder)
{
    /// <summary>Whom to trust, as PEM in base64; null for whom this machine trusts.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public string? CertificateAuthority => DataOf(Cluster.CertificateAuthorityData, Cluster.CertificateAuthority, ClusterFolder);

    /// <summary>The user's certificate, as PEM in base64; null for none.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public string? Certificate => DataOf(User.ClientCertificateData, User.ClientCertificate, UserFolder);

    /// <summary>Its key, likewise.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read.</exception>
    public string? Key => DataOf(User.ClientKeyData, User.ClientKey, UserFolder);

    /// <summary>The file of the user's token; null for none.</summary>
    public string? TokenFile => string.IsNullOrEmpty(User.TokenFile) ? null : Path.GetFullPath(User.TokenFile, UserFolder);

    /// <summary>What stands in the kubeconfig itself goes before a file.</summary>
    private static string? DataOf(string? data, string? file, string folder) =>
        !string.IsNullOrEmpty(data) ? data : string.IsNullOrEmpty(file) ? null : Convert.ToBase64String(Read(Path.GetFullPath(file, folder)));

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file}, which the kubeconfig names, cannot be read: {e.Message}");
        }
    }
}
