namespace NetPolTools.Kubectl;

internal enum CniFormat
{
    Table,
    Json,
}
