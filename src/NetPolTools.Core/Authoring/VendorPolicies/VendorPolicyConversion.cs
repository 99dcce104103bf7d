using NetPolTools.Cni;
using NetPolTools.Diagnostics;
using NetPolTools.Objects;
using NetPolTools.Policies;
using NetPolTools.Snapshot;

namespace NetPolTools.Authoring.VendorPolicies;

/// <summary>
/// The NetworkPolicies of a cluster as policies of a network plugin's own API. A policy is converted where the result decides the same on that plugin, in a
/// small cluster that holds an example of everything the policy names and of everything beside it; otherwise it is refused, with the difference.
/// </summary>
internal sealed class VendorPolicyConversion(ClusterSnapshot cluster, IVendorApi api, CniChoice plugin)
{
    private const int MostChanges = 3;

    private readonly List<Diagnostic> _problems = [];

    private readonly HashSet<ObjectReference> _taken = [.. cluster.PolicyObjects.Select(static found => found.Reference)];

    /// <param name="cluster">Its NetworkPolicies are converted; what else it holds stays.</param>
    /// <param name="isAsked">Which of them.</param>
    /// <param name="api">Into what.</param>
    /// <param name="plugin">The plugin that the conversion is to hold for; a version may matter.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PolicyConversion Of(
        ClusterSnapshot cluster, Func<NetworkPolicy, bool> isAsked, IVendorApi api, CniChoice plugin, CancellationToken cancellation) =>
        new VendorPolicyConversion(cluster, api, plugin).Convert(isAsked, cancellation);

    private PolicyConversion Convert(Func<NetworkPolicy, bool> isAsked, CancellationToken cancellation)
    {
        var made = new List<PolicyObject>();
        var replaced = new List<KubernetesObject>();
        foreach (var policy in cluster.NetworkPolicies.Where(isAsked))
        {
            cancellation.ThrowIfCancellationRequested();
            if (Convert(policy, cancellation) is not { } converted)
                continue;
            made.Add(converted);
            replaced.Add(policy);
        }

        return new PolicyConversion(made, replaced, _problems);
    }

    private PolicyObject? Convert(NetworkPolicy policy, CancellationToken cancellation)
    {
        PolicyObject made;
        try
        {
            made = api.Write(policy);
        }
        catch (NotSupportedException e)
        {
            return Refuse(policy, e.Message);
        }

        if ((made as IDialectObject)?.Dialect.Check(made) is [var error, ..])
            return Refuse(policy, $"The server would refuse it as {made.Reference}: {error.Path}: {error.Message}");
        string[] changes =
        [
            .. WitnessCluster.Of(policy, cluster, api)
                .SelectMany(witnesses => SameAnswers.Changes(witnesses.With([policy]), witnesses.With([made]), plugin, MostChanges + 1, cancellation)),
        ];
        if (changes.Length > 0)
        {
            var more = changes.Length > MostChanges ? " and more" : "";
            return Refuse(policy, $"As {made.Reference} it would not decide the same: {string.Join("; ", changes.Take(MostChanges))}{more}.");
        }

        return _taken.Add(made.Reference) ? made : Refuse(policy, $"The cluster has another {made.Reference} already.");
    }

    private PolicyObject? Refuse(NetworkPolicy policy, string why)
    {
        _problems.Add(new Diagnostic(DiagnosticId.NotConverted, DiagnosticSeverity.Error, $"Not converted. {why}")
        {
            Object = policy.Reference,
            Location = policy.Location,
        });
        return null;
    }
}
