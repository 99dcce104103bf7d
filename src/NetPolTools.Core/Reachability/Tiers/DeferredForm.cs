using System.Diagnostics;

namespace NetPolTools.Reachability;

/// <summary>
/// What the tiers of a subject come to, worked out when it is first needed: a question about two endpoints needs it of them alone. Thread safe.
/// </summary>
/// <param name="make">Walks through the tiers.</param>
/// <param name="isDetermined">Whether it is known beforehand that nothing will be undetermined.</param>
internal sealed class DeferredForm(Func<NormalForm> make, bool isDetermined)
{
    private NormalForm? _form;
    private object? _making;

    public NormalForm Value => _form ?? LazyInitializer.EnsureInitialized(ref _form, ref _making, Make);

    /// <inheritdoc cref="NormalForm.IsDetermined"/>
    public bool IsDetermined => isDetermined || Value.IsDetermined;

    private NormalForm Make()
    {
        var form = make();
        Debug.Assert(form.IsDetermined || !isDetermined, "Policies without a doubt came to something undetermined.");
        return form;
    }
}
