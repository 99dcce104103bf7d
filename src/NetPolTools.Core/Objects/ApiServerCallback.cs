using NetPolTools.Text;

namespace NetPolTools.Objects;

/// <summary>What makes the API server call Services: a configuration of webhooks, or an APIService.</summary>
public sealed record ApiServerCallback(string CallbackKind, ObjectMetadata Metadata) : KubernetesObject(Metadata)
{
    public const string ValidatingWebhooks = "ValidatingWebhookConfiguration";
    public const string MutatingWebhooks = "MutatingWebhookConfiguration";
    public const string ApiService = "APIService";

    /// <summary>Those that are in the cluster; what is called by a URL is not among them.</summary>
    public IReadOnlyList<CalledService> Calls { get; init => field = Indexable.Of(value); } = [];

    /// <summary>The field that names the Service of a webhook.</summary>
    /// <param name="webhook">Its position.</param>
    public static string PathOf(int webhook) => $"webhooks[{webhook}].clientConfig.service";

    public override string Kind => CallbackKind;
}

/// <summary>A Service that the API server calls.</summary>
/// <param name="Path">The field that names it, such as <c>webhooks[0].clientConfig.service</c>.</param>
/// <param name="Namespace">Of the Service.</param>
/// <param name="Service">Its name.</param>
/// <param name="Port">Of the Service; 443 where none is written.</param>
/// <param name="MayFail">Whether requests go on where the call fails: <c>failurePolicy: Ignore</c>.</param>
public sealed record CalledService(string Path, string Namespace, string Service, int Port, bool MayFail)
{
    /// <summary>Where the field stands.</summary>
    internal SourceLocation Location { get; init; }
}
