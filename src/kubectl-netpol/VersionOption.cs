using System.CommandLine;
using NetPolTools.Validation;

namespace NetPolTools.Kubectl;

/// <summary>The option that names a version of Kubernetes.</summary>
internal sealed class VersionOption
{
    private readonly Option<string?> _version = new("--kubernetes-version")
    {
        Description = $"The version of Kubernetes whose API server is to take the manifests, such as {KubernetesVersion.Newest}, the default: some forms "
            + "are refused in new objects from a "
            + "version on. What comes from a cluster is taken as it is.",
        HelpName = "version",
    };

    public VersionOption() => _version.Validators.Add(static result =>
    {
        if (!KubernetesVersion.TryParse(result.GetValueOrDefault<string?>(), out _))
            result.AddError($"--kubernetes-version takes a version such as {KubernetesVersion.Newest}.");
    });

    public void AddTo(Command command) => command.Add(_version);

    /// <summary>Null where none is named.</summary>
    public KubernetesVersion? Version(ParseResult result) => KubernetesVersion.TryParse(result.GetValue(_version), out var version) ? version : null;
}
