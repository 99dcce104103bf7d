BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $cluster = Get-NetPolSnapshot $threeTier
}

Describe 'Edit-NetPolSnapshot' {
    It 'changes labels of a workload, given as <Name>' -ForEach @(
        @{ Name = 'a text'; Label = 'tier=backend' }
        @{ Name = 'texts'; Label = 'tier=backend', 'old-' }
        @{ Name = 'a hashtable'; Label = @{ tier = 'backend'; old = $null } }
        @{ Name = 'an ordered hashtable'; Label = [ordered]@{ tier = 'backend' } }
    ) {
        Test-NetPolReachability $threeTier shop/web shop/db | Should -BeFalse
        $cluster | Edit-NetPolSnapshot -Workload shop/web -Label $Label | Test-NetPolReachability shop/web shop/db | Should -BeTrue
        # The snapshot that it was given stays as it was.
        $cluster | Test-NetPolReachability shop/web shop/db | Should -BeFalse
    }

    It 'takes labels away' {
        $cluster | Edit-NetPolSnapshot -Workload shop/api -Label tier- | Test-NetPolReachability shop/api shop/db | Should -BeFalse
        $cluster | Edit-NetPolSnapshot -Workload shop/api -Label @{ tier = $null } | Test-NetPolReachability shop/api shop/db | Should -BeFalse
    }

    It 'changes labels of namespaces' {
        $namespaces = foreach ($name in 'a', 'b') { @{ apiVersion = 'v1'; kind = 'Namespace'; metadata = @{ name = $name } } }
        $policy = New-Policy -Namespace b -Spec @{ ingress = @(@{ from = @(@{ namespaceSelector = @{ matchLabels = @{ team = 'red' } } }) }) }
        $two = $namespaces + @((New-Pod x a), (New-Pod y b), $policy) | Get-NetPolSnapshot
        $two | Test-NetPolReachability a/x b/y | Should -BeFalse
        $two | Edit-NetPolSnapshot -Namespace a -Label team=red | Test-NetPolReachability a/x b/y | Should -BeTrue
        $two | Edit-NetPolSnapshot -Namespace '*' -Label team=red | Edit-NetPolSnapshot -Namespace a -Label team- | Test-NetPolReachability a/x b/y |
            Should -BeFalse
    }

    It 'removes policies by <Pattern>' -ForEach @(
        @{ Pattern = 'db'; Left = 3 }, @{ Pattern = 'shop/db'; Left = 3 }, @{ Pattern = 'shop/*'; Left = 0 }, @{ Pattern = 'netpol/db'; Left = 3 }
        @{ Pattern = 'NetworkPolicy/shop/d*'; Left = 2 }, @{ Pattern = 'NetworkPolicy shop/db'; Left = 3 }
    ) {
        ($cluster | Edit-NetPolSnapshot -RemovePolicy $Pattern).NetworkPolicyCount | Should -Be $Left
    }

    It 'removes policies of the admin tiers' {
        $admin = @{
            apiVersion = 'policy.networking.k8s.io/v1alpha1'; kind = 'AdminNetworkPolicy'; metadata = @{ name = 'closed' }
            spec = @{ priority = 1; subject = @{ namespaces = @{} }; ingress = @(@{ action = 'Deny'; from = @(@{ namespaces = @{} }) }) }
        }
        $tiers = (New-Pod a), (New-Pod b), $admin | Get-NetPolSnapshot -WarningAction Ignore
        $tiers | Test-NetPolReachability a b | Should -BeFalse
        foreach ($pattern in 'closed', 'AdminNetworkPolicy/*', 'AdminNetworkPolicy closed', 'anp/closed') {
            $tiers | Edit-NetPolSnapshot -RemovePolicy $pattern | Test-NetPolReachability a b | Should -BeTrue
        }
    }

    It 'applies <Name>' -ForEach @(
        @{ Name = 'policies'; Apply = { New-NetPolPolicy closed shop -PolicyType Ingress, Egress } }
        @{ Name = 'objects'; Apply = { New-Policy closed shop @{ policyTypes = @('Ingress', 'Egress') } } }
        @{ Name = 'files'; Apply = { $file = Join-Path $TestDrive closed.yaml; New-NetPolPolicy closed shop -PolicyType Ingress, Egress |
            Export-NetPolYaml $file -Force; $file } }
    ) {
        $apply = & $Apply
        $cluster | Edit-NetPolSnapshot -RemovePolicy shop/* -Apply $apply | Get-NetPolReachability | Should -BeNullOrEmpty
    }

    It 'says in Compare-NetPolReachability which policy is responsible' {
        $change = Compare-NetPolReachability $cluster ($cluster | Edit-NetPolSnapshot -RemovePolicy shop/db) -From api -To db
        $change.Change, "$($change.Policies)" | Should -Be 'Closed', '-shop/db'
    }

    It 'is no cluster that was read' {
        $file = Join-Path $TestDrive edited.json
        $cluster | Export-NetPolSnapshot $file
        $again = Import-NetPolSnapshot $file
        $again.ReadAt | Should -Not -BeNullOrEmpty
        ($again | Edit-NetPolSnapshot -RemovePolicy shop/db).ReadAt | Should -BeNullOrEmpty
    }

    It 'gives no snapshot but the error <Id> where <Name>' -ForEach @(
        @{ Name = 'a workload is misspelt'; Id = 'NoMatch'; Edit = @{ Workload = 'shop/wbe'; Label = 'a=b' } }
        @{ Name = 'a policy is misspelt'; Id = 'NoMatch'; Edit = @{ RemovePolicy = 'shop/dbb' } }
        @{ Name = 'a wildcard matches no policy'; Id = 'NoMatch'; Edit = @{ RemovePolicy = 'AdminNetworkPolicy/*' } }
        @{ Name = 'a namespace is misspelt'; Id = 'NoMatch'; Edit = @{ Namespace = 'shpo'; Label = 'a=b' } }
        @{ Name = 'one of several is misspelt'; Id = 'NoMatch'; Edit = @{ RemovePolicy = 'shop/db', 'shop/dbb' } }
        @{ Name = 'the label of a namespace is the API server''s'; Id = 'InvalidValue';
            Edit = @{ Namespace = 'shop'; Label = 'kubernetes.io/metadata.name=x' } }
        @{ Name = 'a service is named'; Id = 'NoMatch'; Edit = @{ Workload = 'shop/svc/web'; Label = 'a=b' } }
    ) {
        $cluster | Edit-NetPolSnapshot @Edit -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        # What stands behind it in the pipeline cannot mistake that for an answer.
        { $cluster | Edit-NetPolSnapshot @Edit -ErrorAction SilentlyContinue | Test-NetPolReachability shop/web shop/db } | Should -Throw
    }

    It 'gives no snapshot where a name means several' {
        $two = (New-Pod web a), (New-Pod web b), (New-Policy p a), (New-Policy p b) | Get-NetPolSnapshot
        foreach ($edit in @{ Workload = 'web'; Label = 'a=b' }, @{ RemovePolicy = 'p' }) {
            $two | Edit-NetPolSnapshot @edit -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'AmbiguousName,*'
        }
        ($two | Edit-NetPolSnapshot -RemovePolicy '*/p').NetworkPolicyCount | Should -Be 0
        ($two | Edit-NetPolSnapshot -Workload '*/web' -Label a=b).Pods[1].Labels | Should -Be 'a=b'
    }

    It 'changes labels of namespaces of a live cluster, and still has the others' -Skip:$IsWindows {
        $path = $env:PATH
        $env:PATH = (New-FakeKubectl) + [IO.Path]::PathSeparator + $env:PATH
        try { $edited = Edit-NetPolSnapshot -Context prod -Namespace shop -Label team=red }
        finally { $env:PATH = $path }
        ($edited.Namespaces | Where-Object Name -EQ shop).Labels | Should -Match 'team=red'
        $edited.WorkloadCount | Should -Be 3
        $edited.NetworkPolicyCount | Should -Be 4
    }

    It 'reads a kind that may be listed in the namespace alone from there, and says so' -Skip:$IsWindows {
        $path = $env:PATH
        $kubectl = New-FakeKubectl
        # Pods may be listed in no more than one namespace.
        Move-Item (Join-Path $kubectl '_api_v1_pods.json') (Join-Path $kubectl '_api_v1_namespaces_shop_pods.json')
        'Error from server (Forbidden): pods is forbidden: User "me" cannot list resource "pods" in API group "" at the cluster scope' |
            Set-Content (Join-Path $kubectl '_api_v1_pods.err')
        $env:PATH = $kubectl + [IO.Path]::PathSeparator + $env:PATH
        try { $edited = Edit-NetPolSnapshot -Context prod -Namespace shop -Label team=red -WarningVariable warnings -WarningAction SilentlyContinue }
        finally { $env:PATH = $path }
        ($edited.Namespaces | Where-Object Name -EQ shop).Labels | Should -Match 'team=red'
        "$warnings" | Should -Match 'pods'
        "$warnings" | Should -Match 'shop'
    }

    It 'does not set labels of a namespace whose other labels are not known' {
        New-Pod web a | Edit-NetPolSnapshot -Namespace a -Label a=b -ErrorAction SilentlyContinue -ErrorVariable errors | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'UnknownNamespaceLabels,*'
    }

    It 'says what is missing or wrong: <Like>' -ForEach @(
        @{ Edit = @{}; Like = '*Nothing is to be changed*' }
        @{ Edit = @{ Label = 'a=b' }; Like = '*nothing says whose*' }
        @{ Edit = @{ Workload = 'shop/web' }; Like = '*nothing says how*' }
        @{ Edit = @{ Workload = 'shop/web'; Namespace = 'shop'; Label = 'a=b' }; Like = '*exclude each other*' }
        @{ Edit = @{ Workload = 'shop/web'; Label = 'a' }; Like = '*expected key=value to set one, or key- to take it away*' }
        @{ Edit = @{ Workload = 'shop/web'; Label = 'a=b c' }; Like = "*The value 'b c' of the label a*" }
        @{ Edit = @{ Workload = 'shop/web'; Label = '-a=b' }; Like = "*The label key '-a'*" }
        @{ Edit = @{ RemovePolicy = 'a/b/c/d' }; Like = '*names no policy*' }
        @{ Edit = @{ Apply = '{"kind":"List","apiVersion":"v1","items":[]}' + "`n" }; Like = '*would change nothing*' }
    ) {
        { $cluster | Edit-NetPolSnapshot @Edit } | Should -Throw $Like
    }

    It 'completes labels that policies select by, and policies' {
        (TabExpansion2 '$cluster | Edit-NetPolSnapshot -Workload shop/web -Label ti').CompletionMatches.ListItemText | Should -Contain 'tier=backend'
        (TabExpansion2 '$cluster | Edit-NetPolSnapshot -RemovePolicy sh').CompletionMatches.ListItemText | Should -Contain 'shop/db'
    }
}
