using NetPolTools.Objects;

namespace NetPolTools.Authoring.VendorPolicies;

/// <summary>The API of a network plugin's own that NetworkPolicies are converted into.</summary>
internal interface IVendorApi
{
    /// <summary>The plugin, by its id in the plugin catalogue.</summary>
    string Engine { get; }

    /// <summary>A NetworkPolicy in the words of the API, as near to it as they come: whether it decides the same is checked by the caller.</summary>
    /// <exception cref="NotSupportedException">There are no words for it; says for what.</exception>
    PolicyObject Write(NetworkPolicy policy);

    /// <summary>Objects of the API that policies of it may take for pods with these labels, while NetworkPolicies never do.</summary>
    /// <param name="ns">Of the pods.</param>
    /// <param name="labels">Of the pods.</param>
    IEnumerable<PolicyObject> LooksLike(string ns, LabelSet labels) => [];
}
