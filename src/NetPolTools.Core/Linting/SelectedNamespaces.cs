namespace NetPolTools.Linting;

/// <summary>Namespaces that a selector picks, and what their pods are like: looked up once, however many peers have that selector.</summary>
internal sealed class SelectedNamespaces
{
    private readonly LintInventory _inventory;
    private readonly bool _isAll;
    private readonly Lazy<string[]>? _onHostNetwork;
    private readonly Lazy<bool>? _areWhole;
    private LabelVocabulary? _labels;

    /// <param name="inventory">What pods are like.</param>
    /// <param name="names">Of the namespaces.</param>
    /// <param name="isAll">Whether these are all there are.</param>
    public SelectedNamespaces(LintInventory inventory, string[] names, bool isAll)
    {
        _inventory = inventory;
        _isAll = isAll;
        Names = names;
        if (names.Length < 2)
            return;
        _onHostNetwork = new Lazy<string[]>(() => Array.FindAll(names, inventory.HoldsHostNetworkOf));
        _areWhole = new Lazy<bool>(() => Array.TrueForAll(names, inventory.IsWhole));
    }

    public string[] Names { get; }

    /// <summary>The labels of their pods.</summary>
    public LabelVocabulary Labels => _labels ??= _inventory.LabelsIn(Names, _isAll);

    /// <summary>Those with pods on the host network.</summary>
    public string[] OnHostNetwork => _onHostNetwork?.Value ?? Names;

    /// <summary>Whether they have no pods but those of the input.</summary>
    public bool AreWhole => _areWhole?.Value ?? Array.TrueForAll(Names, _inventory.IsWhole);
}
